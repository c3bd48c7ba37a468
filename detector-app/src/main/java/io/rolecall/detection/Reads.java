package io.rolecall.detection;

import io.rolecall.detection.read.Lifecycle;
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

/**
 * What a detection reads of a history: by it the engine knows when to evaluate it, what has to be decoded, how long facts are kept,
 * and when it is blind. Immutable.
 */
public final class Reads {

    /** Derived facts that complete others: addresses of actors, App IDs of unresolved applications. No log holds them. */
    private static final Set<String> DERIVED = Set.of(Operations.ACTOR_ADDRESS, Operations.IDENTITY_LEARNED);

    private final Set<String> logged;
    private final List<Set<String>> needs;
    private final Duration window;
    private final Optional<Param<Duration>> chosen;

    private Reads(
            Collection<String> logged, List<Set<String>> needs, Duration window, Optional<Param<Duration>> chosen) {
        this.logged = Set.copyOf(logged);
        this.needs = List.copyOf(needs);
        this.window = window;
        this.chosen = chosen;
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
        Set<String> logged = new HashSet<>(Lifecycle.OPERATIONS);
        for (Collection<String> each : operations) {
            logged.addAll(each);
        }
        return new Reads(logged, List.of(), Duration.ZERO, Optional.empty());
    }

    /** Is blind unless at least one of these has been delivered; several calls all have to be met. */
    public Reads needing(String... anyOf) {
        return needing(List.of(anyOf));
    }

    /** Is blind unless at least one of these has been delivered; several calls all have to be met. */
    public Reads needing(Collection<String> anyOf) {
        List<Set<String>> more = new ArrayList<>(needs);
        more.add(Set.copyOf(anyOf));
        return new Reads(logged, more, window, chosen);
    }

    /** Looks at most this far from an anchor, either side, in event time. */
    public Reads within(Duration furthest) {
        return new Reads(logged, needs, furthest, chosen);
    }

    /** Looks at most as far from an anchor as the policy says, either side, in event time. */
    public Reads within(Param<Duration> furthest) {
        return new Reads(logged, needs, furthest.defaultValue(), Optional.of(furthest));
    }

    /** Operations that logs deliver. */
    public Set<String> logged() {
        return logged;
    }

    /** Whether a fact of the operation can change what is found. */
    public boolean concerns(String operation) {
        return logged.contains(operation) || DERIVED.contains(operation);
    }

    /** Of every set at least one operation must have been delivered for the detection to see. */
    public List<Set<String>> needs() {
        return needs;
    }

    /** Furthest look from an anchor, at the settings of the policy; never less than at the defaults. */
    public Duration window(Settings settings) {
        Duration effective = chosen.map(settings::get).orElse(window);
        return effective.compareTo(window) > 0 ? effective : window;
    }
}
