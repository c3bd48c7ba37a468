package io.rolecall.replay;

import io.rolecall.event.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What live had not come to when the plan was made, or held back: raw records and facts that it had not committed, acts that waited for
 * their App ID, and acts that came after the last revision of an alert whose interval had not passed.
 */
final class LiveBehind {

    /** Longer than a fact that waits for nothing is under way between the steps of a service without a backlog. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private final Map<String, Long> committed = new TreeMap<>();
    private final Set<String> held = new TreeSet<>();

    /**
     * Looks for it.
     *
     * @param resolveWithin how long live lets a fact wait for its App ID
     * @param revisionInterval least time between two revisions of one alert of live
     */
    LiveBehind(
            Plan plan,
            LiveFacts facts,
            Duration resolveWithin,
            Duration revisionInterval,
            Collection<LiveDifference> differences) {
        plan.ofKind(SourceKind.RAW).forEach(partition -> {
            Long offset = partition.liveFrom();
            if (offset != null && offset < partition.end()) {
                committed.put(partition.toString(), offset);
            }
        });
        held.addAll(facts.unread());
        Instant taken = plan.taken();
        if (taken != null) {
            hold(plan, facts, taken, resolveWithin, revisionInterval, differences);
        }
        held.removeIf(this::isUncommitted);
    }

    private void hold(
            Plan plan,
            LiveFacts facts,
            Instant taken,
            Duration resolveWithin,
            Duration revisionInterval,
            Collection<LiveDifference> differences) {
        boolean tells = !plan.ofKind(SourceKind.FACTS).isEmpty();
        Instant waiting = taken.minus(resolveWithin).minus(UNDER_WAY);
        for (LiveDifference difference : differences) {
            String subject = Subject.of(difference.alert()).key();
            Set<String> later = new TreeSet<>();
            difference.replayed().ifPresent(alert -> later.addAll(LiveFacts.cited(alert.getEvidence())));
            later.stream()
                    .filter(position -> tells && facts.isUntold(subject, position, waiting.toEpochMilli()))
                    .forEach(held::add);
            difference
                    .live()
                    .filter(alert -> alert.getEmittedAt()
                            .filter(at -> at.isAfter(taken.minus(revisionInterval)))
                            .isPresent())
                    .ifPresent(alert -> {
                        later.removeAll(LiveFacts.cited(alert.getEvidence()));
                        held.addAll(later);
                    });
        }
    }

    /** Whether there is any. */
    boolean isPresent() {
        return !committed.isEmpty() || !held.isEmpty();
    }

    /** Whether an element is of it. */
    boolean has(GatheredElement element) {
        return isUncommitted(element.topic() + "/" + element.partition(), element.offset())
                || held.contains(element.position());
    }

    /** What had not been read is not waited with besides. */
    private boolean isUncommitted(String position) {
        return RecordPlace.of(position)
                .filter(place -> isUncommitted(place.partition(), place.offset()))
                .isPresent();
    }

    private boolean isUncommitted(String partition, long offset) {
        Long from = committed.get(partition);
        return from != null && offset >= from;
    }

    /** It in a sentence; the acts that live waited with are named by the caller. */
    String told(String named) {
        return (committed.isEmpty() ? "" : "live had not committed beyond " + committed)
                + (committed.isEmpty() || held.isEmpty() ? "" : "; ")
                + (held.isEmpty() ? "" : "live still waited with " + named);
    }

    /** Positions of the acts that live had read and waited with, ordered. */
    Set<String> held() {
        return held;
    }
}
