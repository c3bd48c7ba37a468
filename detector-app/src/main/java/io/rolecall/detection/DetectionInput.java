package io.rolecall.detection;

import io.rolecall.detection.read.AddressResolution;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Involvement;
import io.rolecall.event.Subjects;
import io.rolecall.network.AddressClass;
import io.rolecall.network.AddressTable;
import io.rolecall.policy.Param;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Settings;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 *     fact in it, and says in {@link Evaluation#covered} what it covered; a finding in {@code standing} counts as a fact at its
 *     anchor's time
 * @param standing every finding of the detections it reads that stands on the subject, whatever its time, ordered by anchor time
 *     and alert id; empty for a detection that reads none
 * @param assumed names of conditions that are taken for met whatever the facts say: what would be found if a detection did not ask
 *     them ({@link #assuming}); none outside such a question
 */
public record DetectionInput(
        SubjectHistory history,
        Settings settings,
        Policy policy,
        AddressTable networks,
        Duration borrowWithin,
        Interval focus,
        List<Standing> standing,
        Set<String> assumed) {

    public DetectionInput {
        standing = List.copyOf(standing);
        assumed = Set.copyOf(assumed);
    }

    /** The same without assumptions. */
    public DetectionInput(
            SubjectHistory history,
            Settings settings,
            Policy policy,
            AddressTable networks,
            Duration borrowWithin,
            Interval focus,
            List<Standing> standing) {
        this(history, settings, policy, networks, borrowWithin, focus, standing, Set.of());
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
     * The same, with conditions taken for met: shows whether a condition decides anything.
     *
     * @param conditions their names, as {@link Condition#name} has them
     */
    public DetectionInput assuming(Set<String> conditions) {
        return new DetectionInput(history, settings, policy, networks, borrowWithin, focus, standing, conditions);
    }

    /**
     * The history of an application.
     *
     * @throws IllegalStateException when the subject is no application
     */
    public ApplicationHistory application() {
        return as(ApplicationHistory.class);
    }

    /**
     * The history of a person.
     *
     * @throws IllegalStateException when the subject is none
     */
    public ActorHistory actor() {
        return as(ActorHistory.class);
    }

    /**
     * The history of a tenant.
     *
     * @throws IllegalStateException when the subject is none
     */
    public TenantHistory tenant() {
        return as(TenantHistory.class);
    }

    /**
     * Whether an alert about an act is this subject's, where a detection evaluates applications and people alike: there is one alert
     * an act, and the other side says nothing.
     *
     * @param act an act of this history
     * @param part which application's alert it is if there is any: of the one it was done to, or the one that did it
     */
    public boolean owns(AppEvent act, Involvement part) {
        return Subjects.owner(act, part)
                .filter(owner -> owner.kind() == history.subject().kind())
                .isPresent();
    }

    private <T extends SubjectHistory> T as(Class<T> kind) {
        if (kind.isInstance(history)) {
            return kind.cast(history);
        }
        throw new IllegalStateException("No " + kind.getSimpleName() + " is kept of " + history.subject());
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
     * The same of an event that is rolled up, for the few that all other conditions have left: the question is sent when it is asked
     * here.
     */
    public Reply answersNow(AppEvent event, QuestionKind kind) {
        return kind.of(event)
                .flatMap(question -> history.answer(question, event))
                .map(Reply::of)
                .orElse(Reply.NOT_YET_KNOWN);
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

    /** Whether an act is known to have been done from an address that is not the organisation's. */
    public boolean isFromOutside(AppEvent act) {
        return addressOf(act).addressClass() == AddressClass.EXTERNAL;
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
        return new Candidates<>(asked, found, act, label, otherwise, assumed);
    }

    /** A finding about an act, to be put together. */
    public FindingBuilder finding(AppEvent act) {
        return new FindingBuilder(this, act);
    }
}
