package io.rolecall.detection;

import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.read.Lifecycle;
import io.rolecall.event.Involvement;
import io.rolecall.event.OperationGroups;
import io.rolecall.event.Operations;
import io.rolecall.policy.Param;
import io.rolecall.policy.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a detection reads of a history: by it the engine knows when to evaluate it, what has to be decoded, how long facts are kept,
 * and when it is blind. Immutable.
 */
public final class Reads {

    /** Derived facts that complete others: addresses of actors, App IDs of unresolved applications. No log holds them. */
    private static final Set<String> DERIVED = Set.of(Operations.ACTOR_ADDRESS, Operations.IDENTITY_LEARNED);

    private final Set<String> logged;
    private final Set<String> named;
    private final List<Set<String>> needs;
    private final Duration window;
    private final Optional<Param<Duration>> chosen;
    private final Beyond beyond;

    /** What is read beyond the acts of the history. */
    private record Beyond(
            Set<String> findings,
            List<BaselineNeed> remembered,
            List<Asking> asked,
            Set<Involvement> parts,
            List<PolicyNeed> wanted,
            Optional<Function<Settings, Duration>> noticed) {

        private static final Beyond NOTHING =
                new Beyond(Set.of(), List.of(), List.of(), Set.of(Involvement.TARGET), List.of(), Optional.empty());
    }

    private Reads(
            Collection<String> logged,
            Collection<String> named,
            List<Set<String>> needs,
            Duration window,
            Optional<Param<Duration>> chosen,
            Beyond beyond) {
        this.logged = Set.copyOf(logged);
        this.named = Set.copyOf(named);
        this.needs = List.copyOf(needs);
        this.window = window;
        this.chosen = chosen;
        this.beyond = beyond;
    }

    /**
     * Reads these operations, and those that end an application or bring it back, by which every finding tells whether it is
     * contained.
     *
     * @param operations normalised names (contract section 4), plain and rolled-up ones alike; a fact of any other operation cannot
     *     change the findings
     */
    @SafeVarargs
    public static Reads of(Collection<String>... operations) {
        Set<String> named = new HashSet<>();
        for (Collection<String> each : operations) {
            named.addAll(each);
        }
        Set<String> logged = new HashSet<>(Lifecycle.OPERATIONS);
        logged.addAll(named);
        return new Reads(logged, named, List.of(), Duration.ZERO, Optional.empty(), Beyond.NOTHING);
    }

    /** Is blind unless at least one of these has been delivered; several calls all have to be met. */
    public Reads needing(String... anyOf) {
        return needing(List.of(anyOf));
    }

    /** Is blind unless at least one of these has been delivered; several calls all have to be met. */
    public Reads needing(Collection<String> anyOf) {
        List<Set<String>> more = new ArrayList<>(needs);
        more.add(Set.copyOf(anyOf));
        return new Reads(logged, named, more, window, chosen, beyond);
    }

    /** Looks at most this far from an anchor, either side, in event time. */
    public Reads within(Duration furthest) {
        return new Reads(logged, named, needs, furthest, chosen, beyond);
    }

    /** Looks at most as far from an anchor as the policy says, either side, in event time. */
    public Reads within(Param<Duration> furthest) {
        return new Reads(logged, named, needs, furthest.defaultValue(), Optional.of(furthest), beyond);
    }

    /**
     * Reads the standing findings of these detections on the same subject ({@link DetectionInput#standing}), and no others. They
     * read none themselves. It is evaluated after them, and whenever one of those findings comes, changes or goes.
     */
    public Reads findingsOf(String... detections) {
        return with(new Beyond(
                Set.of(detections), beyond.remembered, beyond.asked, beyond.parts, beyond.wanted, beyond.noticed));
    }

    /**
     * Reads this of the memory for baselines ({@link SubjectHistory#memory}), and nothing else. What no detection declares is not
     * remembered.
     */
    public Reads remembering(BaselineNeed... needed) {
        return with(new Beyond(
                beyond.findings, List.of(needed), beyond.asked, beyond.parts, beyond.wanted, beyond.noticed));
    }

    /**
     * Acts of its subjects ask these questions of other subjects; the answers are read by {@link DetectionInput#answers}. It is
     * evaluated when an answer comes or changes, besides.
     */
    public Reads asking(Asking... questions) {
        return with(new Beyond(
                beyond.findings, beyond.remembered, List.of(questions), beyond.parts, beyond.wanted, beyond.noticed));
    }

    /**
     * Reads the acts of applications in these parts: what was done to them, unless this says otherwise. A detection that reads {@link
     * ApplicationHistory#initiated} names {@link Involvement#INITIATOR}, else nothing is there. Without meaning for people and tenants.
     */
    public Reads inParts(Involvement... parts) {
        return with(new Beyond(
                beyond.findings, beyond.remembered, beyond.asked, Set.of(parts), beyond.wanted, beyond.noticed));
    }

    /** Is blind in part, with some condition never known, while the policy does not state these. */
    public Reads wanting(PolicyNeed... stated) {
        return with(new Beyond(
                beyond.findings, beyond.remembered, beyond.asked, beyond.parts, List.of(stated), beyond.noticed));
    }

    /**
     * Reads the sign-ins of people, and what applications read under their names ({@link ActorHistory#noticed}), which reach their
     * histories only while a detection says so.
     *
     * @param knownWithin how long ago a network was seen that is not new; more may be kept, never less
     */
    public Reads noticing(Param<Duration> knownWithin) {
        return noticing(settings -> settings.get(knownWithin));
    }

    /** The same where the policy has no say. */
    public Reads noticing(Duration knownWithin) {
        return noticing(settings -> knownWithin);
    }

    private Reads noticing(Function<Settings, Duration> knownWithin) {
        return with(new Beyond(
                beyond.findings,
                beyond.remembered,
                beyond.asked,
                beyond.parts,
                beyond.wanted,
                Optional.of(knownWithin)));
    }

    private Reads with(Beyond more) {
        return new Reads(logged, named, needs, window, chosen, more);
    }

    /** Operations that logs deliver. */
    public Set<String> logged() {
        return logged;
    }

    /**
     * Those that the detection names itself, without what ends an application or brings it back: all that it is given of what people did
     * and of what applications did to others, where nobody's end is told.
     */
    public Set<String> named() {
        return named;
    }

    /** Whether a fact of the operation can change what is found. */
    public boolean concerns(String operation) {
        return isLogged(operation) || DERIVED.contains(operation);
    }

    /** Whether it is one of those that logs deliver: deletions in Azure are named by one name for all. */
    public boolean isLogged(String operation) {
        return logged.contains(operation)
                || (logged.contains(OperationGroups.ANY_AZURE_DELETION) && OperationGroups.isAzureDeletion(operation));
    }

    /** Of every set at least one operation must have been delivered for the detection to see. */
    public List<Set<String>> needs() {
        return needs;
    }

    /** What the policy has to state for every condition to be known. */
    public List<PolicyNeed> wanted() {
        return beyond.wanted;
    }

    /** Ids of the detections whose standing findings are read. */
    public Set<String> findings() {
        return beyond.findings;
    }

    /** What is read of the memory for baselines. */
    public List<BaselineNeed> remembered() {
        return beyond.remembered;
    }

    /** The parts in acts for which applications are given their facts. */
    public Set<Involvement> parts() {
        return beyond.parts;
    }

    /** How long ago a network was seen that is not new to a person; empty when it reads no sign-ins of people. */
    public Optional<Duration> noticed(Settings settings) {
        return beyond.noticed.map(known -> known.apply(settings));
    }

    /** The questions that are asked. */
    public List<Asking> asked() {
        return beyond.asked;
    }

    /** Furthest look from an anchor, at the settings of the policy; never less than at the defaults. */
    public Duration window(Settings settings) {
        Duration effective = chosen.map(settings::get).orElse(window);
        return effective.compareTo(window) > 0 ? effective : window;
    }
}
