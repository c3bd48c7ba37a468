package io.rolecall.topology;

import io.rolecall.incident.AlertTally;
import io.rolecall.incident.GroupOfAlerts;
import io.rolecall.incident.PublicationRules;
import io.rolecall.schema.Incident;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.schema.state.IncidentGroup;
import io.rolecall.state.Counts;
import io.rolecall.state.EventDays;
import io.rolecall.state.IncidentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The alerts of one task's groups, and what is published of them. An alert that comes costs a few entries; what it makes of its incident
 * is looked at when that is due, at most once a second, at the cost of the hundred alerts that an incident lists.
 */
final class IncidentBook {

    /** How long a group is kept after its last event. */
    static final Duration KEPT = Duration.ofDays(400);

    private static final int MOST_LOOKS = 200;
    private static final int MOST_EXPIRED = 20;
    private static final int MOST_FORGOTTEN = 1_000;

    private final IncidentStore store;
    private final Counts counts;
    private final PublicationRules rules;

    IncidentBook(IncidentStore store, Counts counts, PublicationRules rules) {
        this.store = store;
        this.counts = counts;
        this.rules = rules;
    }

    /** Takes what an alert says now; what is to be published of its incident at once, if anything. */
    Optional<Incident> take(AlertExtract alert, long now) {
        Optional<IncidentGroup> known = store.group(alert.getGroupKey());
        Optional<AlertExtract> before = store.alert(alert.getGroupKey(), alert.getAlertId());
        boolean stands = GroupOfAlerts.stands(alert);
        if (before.isPresent() ? before.orElseThrow().equals(alert) : !stands) {
            counts.add(Counts.ALERTS_SAME, 1);
            return Optional.empty();
        }
        counts.add(before.isEmpty() ? Counts.ALERTS_NEW : stands ? Counts.ALERTS_CHANGED : Counts.ALERTS_WITHDRAWN, 1);
        IncidentGroup group = known.map(it -> IncidentGroup.newBuilder(it).build())
                .orElseGet(() -> begin(alert.getGroupKey(), alert.getLastEventTime(), now));
        AlertTally tally = new AlertTally(group.getTally());
        before.ifPresent(kept -> {
            tally.remove(kept);
            store.remove(kept);
        });
        if (stands) {
            tally.add(alert);
            store.put(alert);
            group.setLastEventTime(EventDays.later(group.getLastEventTime(), alert.getLastEventTime()));
            group.setSupersededBy(null);
            passed(alert.getLastEventTime());
        } else {
            group.setWithdrawnSeverity(alert.getSeverity());
            group.setWithdrawnBecause(alert.getWithdrawnBecause().orElse(null));
            group.setSupersededBy(alert.getSupersededBy().orElse(null));
        }
        group.setTally(tally.numbers());
        group.setChangedAt(now);
        group.setSettlesFrom(!tally.makesAnIncident() ? 0 : group.getSettlesFrom() == 0 ? now : group.getSettlesFrom());
        group.setLookAt(rules.lookAfter(group, alert, now));
        store.put(known, group);
        return group.getLookAt() > 0 && group.getLookAt() <= now ? look(group, now) : Optional.empty();
    }

    /** Takes word that an unresolved application, of which an incident was published, is the one of this group. */
    Optional<Incident> supersedes(String groupKey, String incidentId, long now) {
        Optional<IncidentGroup> known = store.group(groupKey);
        IncidentGroup group = known.map(it -> IncidentGroup.newBuilder(it).build())
                .orElseGet(() -> begin(groupKey, store.clock().orElse(Instant.ofEpochMilli(now)), now));
        group.setSupersedes(incidentId);
        if (group.getRevision() > 0 && group.getLookAt() == 0) {
            group.setLookAt(now);
        }
        store.put(known, group);
        return group.getLookAt() > 0 && group.getLookAt() <= now ? look(group, now) : Optional.empty();
    }

    private static IncidentGroup begin(String groupKey, Instant lastEventTime, long now) {
        return IncidentGroup.newBuilder()
                .setGroupKey(groupKey)
                .setGeneration(now)
                .setLastEventTime(lastEventTime)
                .setChangedAt(now)
                .build();
    }

    private void passed(Instant eventTime) {
        if (store.clock().filter(clock -> !eventTime.isAfter(clock)).isEmpty()) {
            store.setClock(eventTime);
        }
    }

    /** What is due by now, one group after the other. */
    void lookAtDue(long now, Consumer<Incident> publish) {
        for (String groupKey : store.due(now, MOST_LOOKS)) {
            store.group(groupKey).flatMap(group -> look(group, now)).ifPresent(publish);
        }
    }

    private Optional<Incident> look(IncidentGroup known, long now) {
        String key = known.getGroupKey();
        GroupOfAlerts alerts = new GroupOfAlerts(
                key,
                new AlertTally(known.getTally()),
                store.worst(key, GroupOfAlerts.MOST_ALERTS),
                store.first(key).orElse(Instant.EPOCH),
                store.last(key).orElse(Instant.EPOCH));
        Optional<Incident> published = store.published(key);
        PublicationRules.Decision decision = rules.look(known, alerts, published, now);
        IncidentGroup group = IncidentGroup.newBuilder(known)
                .setLookedAt(now)
                .setLookAt(decision.lookAt())
                .build();
        decision.publish().ifPresent(incident -> {
            rules.published(group, incident, alerts, decision.quiet(), now);
            store.putPublished(incident);
            count(published, incident);
        });
        store.put(Optional.of(known), group);
        return decision.publish();
    }

    private void count(Optional<Incident> before, Incident incident) {
        boolean closes = incident.getStatus().equals("closed");
        if (before.isEmpty()) {
            counts.add(Counts.OPENED + incident.getSeverity(), 1);
            counts.add(Counts.PUBLISHED + "create", 1);
        } else if (closes) {
            counts.add(Counts.PUBLISHED + "close", 1);
        } else {
            boolean reopens = before.orElseThrow().getStatus().equals("closed");
            counts.add(Counts.PUBLISHED + (reopens ? "reopen" : "update"), 1);
        }
    }

    /** Forgets groups whose last event is long ago; publishes nothing. */
    void expire() {
        store.clock().ifPresent(clock -> store.lastSeenBefore(clock.minus(KEPT), MOST_EXPIRED).stream()
                .filter(group -> group.getLookAt() == 0)
                .forEach(group -> store.forget(group, MOST_FORGOTTEN)));
    }

    /** Group key that an incident's unresolved application turned out to have; empty for every other incident. */
    Optional<String> superseding(Incident incident) {
        return incident.getSupersededBy().isEmpty()
                ? Optional.empty()
                : store.group(incident.getGroupKey()).flatMap(IncidentGroup::getSupersededBy);
    }
}
