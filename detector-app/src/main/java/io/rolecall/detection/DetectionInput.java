package io.rolecall.detection;

import io.rolecall.detection.read.AddressResolution;
import io.rolecall.detection.read.Facts;
import io.rolecall.network.AddressTable;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Settings;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a decision depends on.
 *
 * @param history the subject's history
 * @param settings effective settings of this detection
 * @param policy the whole policy: permission sets, organisation, trusted automation
 * @param networks the address table
 * @param borrowWithin how far from an act a sighting of its actor may lie to lend its address, either side
 * @param focus span of event time that changed: the evaluation must be complete for every anchor whose finding can depend on a
 *     fact in it, and says in {@link Evaluation#covered} what it covered; a finding in {@code standing} counts as a fact at its
 *     anchor's time
 * @param standing every finding of the detections it reads that stands on the subject, whatever its time, ordered by anchor time
 *     and alert id; empty for a detection that reads none
 */
public record DetectionInput(
        SubjectHistory history,
        Settings settings,
        Policy policy,
        AddressTable networks,
        Duration borrowWithin,
        Interval focus,
        List<Standing> standing) {

    public DetectionInput {
        standing = List.copyOf(standing);
    }

    /** The same for a detection that reads no findings. */
    public DetectionInput(
            SubjectHistory history,
            Settings settings,
            Policy policy,
            AddressTable networks,
            Duration borrowWithin,
            Interval focus) {
        this(history, settings, policy, networks, borrowWithin, focus, List.of());
    }

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

    /**
     * What another subject says to the question of an act.
     *
     * @param act an act of the history, which asks the question by what {@link Detection#asks} declares
     */
    public Reply answers(AppEvent act, QuestionKind kind) {
        return kind.of(act).flatMap(history::answer).map(Reply::of).orElse(Reply.NOT_YET_KNOWN);
    }

    /**
     * The same for the acts of one finding, by question; of more than {@value Question#MOST_A_FINDING} different questions, those of
     * the earliest acts.
     */
    public Map<Question, Reply> answers(Collection<AppEvent> acts, QuestionKind kind) {
        Map<Question, Reply> replies = new LinkedHashMap<>();
        acts.stream()
                .sorted(Facts.ORDER)
                .flatMap(act -> kind.of(act).stream())
                .distinct()
                .limit(Question.MOST_A_FINDING)
                .forEach(question -> replies.put(
                        question, history.answer(question).map(Reply::of).orElse(Reply.NOT_YET_KNOWN)));
        return replies;
    }

    /** The address an act was done from: its own, else borrowed from its actor's sightings. */
    public ResolvedAddress addressOf(AppEvent act) {
        return AddressResolution.resolve(act, history, networks, borrowWithin);
    }
}
