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
final class LiveFacts {

    private final Map<Cause, List<KeyedEntry<AppEvent>>> facts = new EnumMap<>(Cause.class);
    private final List<KeyedEntry<AppEvent>> beyond = new ArrayList<>();
    private final Map<String, Set<String>> told = new HashMap<>();
    private final Set<String> unread = new TreeSet<>();
    private final Map<String, Long> known = new HashMap<>();
    private final Bounds bounds;

    private LiveFacts(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Finds them.
     *
     * @param subjects keys of the subjects, as they lie on the topic of facts
     * @param cited positions that the differing alerts cite
     */
    static LiveFacts of(GatheredHistory history, Set<String> subjects, Set<String> cited) throws IOException {
        LiveFacts live = new LiveFacts(new Bounds(history));
        Set<String> asked = new HashSet<>(cited);
        List<KeyedEntry<AppEvent>> about = new ArrayList<>();
        history.liveFacts(one -> {
            AppEvent fact = one.entry().value();
            if (fact == null || !subjects.contains(one.entry().key())) {
                return;
            }
            if (one.isRead()) {
                about.add(one.entry());
                asked.add(fact.getPosition());
                live.told
                        .computeIfAbsent(one.entry().key(), key -> new HashSet<>())
                        .add(fact.getPosition());
            } else {
                live.unread.add(fact.getPosition());
            }
        });
        history.positions((position, millis) -> {
            if (asked.contains(position)) {
                live.known.put(position, millis);
            }
        });
        about.forEach(live::sort);
        return live;
    }

    private void sort(KeyedEntry<AppEvent> entry) {
        AppEvent fact = entry.value();
        if (fact != null && bounds.isBeyond(fact.getPosition())) {
            beyond.add(entry);
        } else if (fact != null) {
            cause(fact.getPosition()).ifPresent(cause -> facts.computeIfAbsent(cause, key -> new ArrayList<>())
                    .add(entry));
        }
    }

    /** Facts of acts that lie behind the ends of the raw logs: live has read on since these were taken. */
    List<KeyedEntry<AppEvent>> beyond() {
        return beyond;
    }

    /** Positions of acts whose facts live had not committed, ordered. */
    Set<String> unread() {
        return unread;
    }

    /**
     * Whether an act that a differing alert cites was read from the raw logs, and live's history of the subject had not been told of it.
     *
     * @param subject key of the alert's subject
     * @param since timestamp of its record at the least, so that its fact may still be under way
     */
    boolean isUntold(String subject, String position, long since) {
        Long millis = known.get(position);
        return millis != null
                && millis >= since
                && !told.getOrDefault(subject, Set.of()).contains(position);
    }

    /** The facts that a cause kept from the replay. */
    List<KeyedEntry<AppEvent>> of(Cause cause) {
        return facts.getOrDefault(cause, List.of());
    }

    /** Positions of the facts that a cause kept from the replay, ordered. */
    Set<String> positions(Cause cause) {
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
    static Set<String> cited(Collection<Evidence> evidence) {
        Set<String> positions = new TreeSet<>();
        for (Evidence one : evidence) {
            positions.add(one.getPosition());
            one.getAlsoSeenAs().forEach(copy -> positions.add(copy.getPosition()));
        }
        return positions;
    }

    private Optional<Cause> cause(String position) {
        return known.containsKey(position) ? Optional.empty() : bounds.of(position);
    }

    /** Whether nobody has a cited act any more: it was not gathered, and live has no fact of it. */
    boolean isGone(String position) {
        return (cause(position).isPresent() || bounds.isBeyond(position))
                && told.values().stream().noneMatch(positions -> positions.contains(position));
    }

    private static final class Bounds {

        private final Map<String, PlannedPartition> partitions = new HashMap<>();
        private final Map<PlannedPartition, Tally> tallies;

        Bounds(GatheredHistory history) {
            this.tallies = history.tallies();
            history.plan().partitions().forEach(partition -> partitions.put(partition.toString(), partition));
        }

        boolean isBeyond(String position) {
            return RecordPlace.of(position)
                    .filter(place -> {
                        PlannedPartition partition = partitions.get(place.partition());
                        return partition != null
                                && partition.kind() == SourceKind.RAW
                                && place.offset() >= partition.end();
                    })
                    .isPresent();
        }

        Optional<Cause> of(String position) {
            RecordPlace place = RecordPlace.of(position).orElse(null);
            PlannedPartition partition = place == null ? null : partitions.get(place.partition());
            if (place == null || partition == null) {
                return Optional.of(Cause.FOREIGN_FACT);
            }
            if (partition.kind() == SourceKind.INVENTORY) {
                return Optional.empty();
            }
            long offset = place.offset();
            if (offset >= partition.end()) {
                return Optional.empty();
            }
            if (offset < partition.earliest()) {
                return Optional.of(Cause.NOT_RETAINED);
            }
            if (offset < partition.start()) {
                return Optional.of(Cause.COLD_START);
            }
            Tally tally = tallies.get(partition);
            boolean deleted = tally != null && tally.get(Counted.NOT_RETAINED) > 0;
            return Optional.of(deleted ? Cause.NOT_RETAINED : Cause.FOREIGN_FACT);
        }
    }
}
