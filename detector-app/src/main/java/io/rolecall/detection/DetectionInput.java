package io.rolecall.detection;

import io.rolecall.detection.read.AddressResolution;
import io.rolecall.detection.read.Addresses;
import io.rolecall.network.AddressTable;
import io.rolecall.policy.Param;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Settings;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;

/**
 * Everything a decision depends on.
 *
 * @param history the subject's history
 * @param settings effective settings of this detection
 * @param policy the whole policy: permission sets, organisation, trusted automation
 * @param networks the address table
 * @param borrowWithin how far from an act a sighting of its actor may lie for its address to be taken, either side
 * @param focus span of event time that changed: the evaluation must be complete for every anchor whose finding can depend on a
 *     fact in it, and says in {@link Evaluation#covered} what it covered
 */
public record DetectionInput(
        SubjectHistory history,
        Settings settings,
        Policy policy,
        AddressTable networks,
        Duration borrowWithin,
        Interval focus) {

    /**
     * The history of an application.
     *
     * @throws IllegalStateException when the subject is no application
     */
    public ApplicationHistory application() {
        if (history instanceof ApplicationHistory application) {
            return application;
        }
        throw new IllegalStateException("Not the history of an application: " + history.subject());
    }

    /** The value of a parameter that the detection declares. */
    public <T> T get(Param<T> parameter) {
        return settings.get(parameter);
    }

    /** The address an act was done from: its own, else resolved from its actor's sightings. */
    public ResolvedAddress addressOf(AppEvent act) {
        return AddressResolution.resolve(act, history, networks, borrowWithin);
    }

    /** How surely an act, its application and its address are known. */
    public Confidence confidenceIn(AppEvent act) {
        return Addresses.confidence(act, addressOf(act));
    }

    /** Whether an act was done from an address that is not the organisation's; unknown, and kept, when that cannot be told. */
    public Answer outside(AppEvent act) {
        ResolvedAddress address = addressOf(act);
        String from = "from " + Addresses.label(address);
        Answer answer =
                switch (address.addressClass()) {
                    case EXTERNAL -> Answer.yes(from);
                    case ORGANIZATION -> Answer.no(from);
                    case UNKNOWN, MICROSOFT_SERVICE ->
                        Answer.unknown(from + ", not known to be the organisation's, so it counts");
                };
        return answer.by(address.disagreeing());
    }

    /**
     * Candidates for a finding, to be narrowed.
     *
     * @param asked the first condition: that there is a candidate at all, as a short sentence
     * @param found the candidates, in an order that does not hang on arrival
     * @param act the act that shows a candidate
     * @param label how a candidate is called in {@code explain}
     * @param otherwise why there is none
     */
    public <T> Candidates<T> candidates(
            String asked,
            Collection<T> found,
            Function<? super T, AppEvent> act,
            Function<? super T, String> label,
            String otherwise) {
        return new Candidates<>(asked, found, act, label, otherwise);
    }

    /** A finding about an act, to be put together. */
    public FindingBuilder finding(AppEvent act) {
        return new FindingBuilder(this, act);
    }
}
