package io.rolecall.replay;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Evidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Facts of live about the subjects of differing alerts that the raw logs did not give the replay, by why they did not: read too late, not
 * kept any more, or never there.
 */
public final class LiveFacts {

    private final Map<Cause, List<KeyedEntry<AppEvent>>> facts = new EnumMap<>(Cause.class);
    private final Set<String> known;
    private final Bounds bounds;

    private LiveFacts(Set<String> known, Bounds bounds) {
        this.known = known;
        this.bounds = bounds;
    }

    /**
     * Finds them.
     *
     * @param subjects keys of the subjects, as they lie on the topic of facts
     * @param cited positions that live's alerts cite
     */
    public static LiveFacts of(GatheredHistory history, Set<String> subjects, Set<String> cited) throws IOException {
        Set<String> asked = new HashSet<>(cited);
        List<KeyedEntry<AppEvent>> about = new ArrayList<>();
        history.liveFacts(entry -> {
            AppEvent fact = entry.value();
            if (fact != null && subjects.contains(entry.key())) {
                about.add(entry);
                asked.add(fact.getPosition());
            }
        });
        Set<String> found = new HashSet<>();
        history.positions(position -> {
            if (asked.contains(position)) {
                found.add(position);
            }
        });
        LiveFacts live = new LiveFacts(found, new Bounds(history));
        for (KeyedEntry<AppEvent> entry : about) {
            AppEvent fact = entry.value();
            if (fact != null) {
                live.cause(fact.getPosition()).ifPresent(cause -> live.facts
                        .computeIfAbsent(cause, key -> new ArrayList<>())
                        .add(entry));
            }
        }
        return live;
    }

    /** The facts that a cause kept from the replay. */
    public List<KeyedEntry<AppEvent>> of(Cause cause) {
        return facts.getOrDefault(cause, List.of());
    }

    /** Positions of the facts that a cause kept from the replay, ordered. */
    public Set<String> positions(Cause cause) {
        Set<String> positions = new TreeSet<>();
        for (KeyedEntry<AppEvent> entry : of(cause)) {
            AppEvent fact = entry.value();
            if (fact != null) {
                positions.add(fact.getPosition());
            }
        }
        return positions;
    }

    /** Positions that evidence cites, those of copies included. */
    public static Set<String> cited(Collection<Evidence> evidence) {
        Set<String> positions = new TreeSet<>();
        for (Evidence one : evidence) {
            positions.add(one.getPosition());
            one.getAlsoSeenAs().forEach(copy -> positions.add(copy.getPosition()));
        }
        return positions;
    }

    private Optional<Cause> cause(String position) {
        return known.contains(position) ? Optional.empty() : bounds.of(position);
    }

    /** Whether a position that was asked for was not gathered although it lies before the plan's end. */
    public boolean isMissing(String position) {
        return cause(position).isPresent();
    }

    private static final class Bounds {

        private final Map<String, PlannedPartition> partitions = new HashMap<>();
        private final GatheredHistory history;

        Bounds(GatheredHistory history) {
            this.history = history;
            history.plan().partitions().forEach(partition -> partitions.put(partition.toString(), partition));
        }

        Optional<Cause> of(String position) {
            String[] parts = position.split("/", -1);
            PlannedPartition partition = parts.length == 4 ? partitions.get(parts[0] + "/" + parts[1]) : null;
            if (partition == null || !parts[2].matches("\\d{1,18}")) {
                return Optional.of(Cause.FOREIGN_FACT);
            }
            if (partition.kind() == SourceKind.INVENTORY) {
                return Optional.empty();
            }
            long offset = Long.parseLong(parts[2]);
            if (offset >= partition.end()) {
                return Optional.empty();
            }
            if (offset < partition.earliest()) {
                return Optional.of(Cause.NOT_RETAINED);
            }
            if (offset < partition.start()) {
                return Optional.of(Cause.COLD_START);
            }
            Tally tally = history.tallies().get(partition);
            boolean deleted = tally != null && tally.get(Counted.NOT_RETAINED) > 0;
            return Optional.of(deleted ? Cause.NOT_RETAINED : Cause.FOREIGN_FACT);
        }
    }
}
