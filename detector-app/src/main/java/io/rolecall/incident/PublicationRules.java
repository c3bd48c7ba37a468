package io.rolecall.incident;

import io.rolecall.config.DetectorConfig;
import io.rolecall.schema.Incident;
import io.rolecall.schema.IncidentAlert;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.schema.state.IncidentGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When an incident is published, so that people are paged by what is settled and by what matters: see {@code
 * docs/decisions/quiet-incidents.md}. Times are of wall clock, in milliseconds since 1970; everything asked here is in the state, so
 * the answer is the same after a restart.
 */
public final class PublicationRules {

    /** So long nothing may have changed before what is not material is told. */
    static final Duration QUIET = Duration.ofMinutes(15);

    /** So often what is not material is told at most. */
    static final Duration BETWEEN_QUIET = Duration.ofHours(24);

    /** What is first published later than this after its last event is history. */
    static final Duration HISTORIC = Duration.ofHours(24);

    /** Between two looks at a group, which cost a hundred alerts each. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Duration settle;
    private final Duration settleUnconfirmed;
    private final Duration revisionInterval;

    /**
     * Rules with these intervals.
     *
     * @param settle before the first publication of what the events state
     * @param settleUnconfirmed before the first publication of anything else
     * @param revisionInterval between two publications
     */
    public PublicationRules(Duration settle, Duration settleUnconfirmed, Duration revisionInterval) {
        this.settle = settle;
        this.settleUnconfirmed = settleUnconfirmed;
        this.revisionInterval = revisionInterval;
    }

    /** Rules with the intervals of a configuration. */
    public static PublicationRules of(DetectorConfig config) {
        return new PublicationRules(
                config.incidents().settle(), config.incidents().settleUnconfirmed(), config.revisionInterval());
    }

    /**
     * What a look at a group finds.
     *
     * @param publish what is to be published now; empty for nothing
     * @param quiet whether it is published though nothing of it is material
     * @param lookAt when to look again if no alert changes; 0 for never
     */
    public record Decision(Optional<Incident> publish, boolean quiet, long lookAt) {

        private static final Decision NOTHING = new Decision(Optional.empty(), false, 0);

        private static Decision later(long lookAt) {
            return new Decision(Optional.empty(), false, lookAt);
        }
    }

    /**
     * When a group is to be looked at after one of its alerts has changed.
     *
     * @param group with {@code settlesFrom} as it is now
     * @param changed the alert
     */
    public long lookAfter(IncidentGroup group, AlertExtract changed, long now) {
        boolean unseen = group.getRevision() == 0;
        if (unseen && IncidentMarks.isUrgent(changed)) {
            return now;
        }
        if (unseen && group.getSettlesFrom() == 0) {
            return 0;
        }
        long due = unseen
                ? group.getSettlesFrom() + settle.toMillis()
                : group.getPublishedAt() + revisionInterval.toMillis();
        long next = Math.max(due, group.getLookedAt() + BETWEEN_LOOKS.toMillis());
        return group.getLookAt() > 0 ? Math.min(next, group.getLookAt()) : next;
    }

    /**
     * Looks at a group.
     *
     * @param published what was published of it last
     */
    public Decision look(IncidentGroup group, GroupOfAlerts alerts, Optional<Incident> published, long now) {
        IncidentMarks marks = IncidentMarks.of(alerts.worst());
        Optional<Incident> current = Incidents.of(alerts);
        return published.isEmpty()
                ? first(group, current, marks, now)
                : later(group, current, published.orElseThrow(), marks, now);
    }

    private Decision first(IncidentGroup group, Optional<Incident> current, IncidentMarks marks, long now) {
        if (current.isEmpty()) {
            return Decision.NOTHING;
        }
        Duration settles = marks.confirmed() ? settle : settleUnconfirmed;
        long due = marks.urgent() ? now : group.getSettlesFrom() + settles.toMillis();
        if (now < due) {
            return Decision.later(due);
        }
        Instant historicFrom = current.orElseThrow().getLastEventTime().plus(HISTORIC);
        return new Decision(
                Optional.of(dated(group, current.orElseThrow(), now)
                        .setHistoric(Instant.ofEpochMilli(now).isAfter(historicFrom))
                        .build()),
                false,
                0);
    }

    private Decision later(
            IncidentGroup group, Optional<Incident> current, Incident before, IncidentMarks marks, long now) {
        Incident after = current.orElseGet(() -> closed(group, before));
        boolean succeeds = !group.getSupersedes().equals(before.getSupersedes());
        if (IncidentChanges.sameContent(before, after) && !succeeds) {
            return Decision.NOTHING;
        }
        List<String> material = IncidentChanges.material(before, after, group, marks);
        long quietFrom = group.getQuietAt() == 0 ? 0 : group.getQuietAt() + BETWEEN_QUIET.toMillis();
        long due = material.isEmpty()
                ? Math.max(group.getChangedAt() + QUIET.toMillis(), quietFrom)
                : group.getPublishedAt() + revisionInterval.toMillis();
        if (now < due) {
            return Decision.later(due);
        }
        String summary = material.isEmpty() ? IncidentChanges.other(before, after) : String.join("; ", material);
        return new Decision(
                Optional.of(dated(group, after, now)
                        .setChangeSummary(summary)
                        .setHistoric(group.getHistoric())
                        .build()),
                material.isEmpty(),
                0);
    }

    /**
     * When what the alerts of a group say is published at the latest, for whoever sees the topics and not the state.
     *
     * @param published what was published last
     * @param current what the alerts say now
     * @param changed when the last of them changed
     */
    public Instant latest(Optional<Incident> published, Optional<Incident> current, Instant changed) {
        if (published.isEmpty()) {
            return changed.plus(settleUnconfirmed);
        }
        Incident before = published.orElseThrow();
        Instant told = before.getEmittedAt().orElse(Instant.EPOCH);
        if (current.map(now -> IncidentChanges.isMaterial(before, now)).orElse(true)) {
            return later(changed, told).plus(revisionInterval);
        }
        Instant quiet = changed.plus(QUIET);
        // Any but the first may have told what is not material.
        return before.getRevision() == 1 ? quiet : later(quiet, told.plus(BETWEEN_QUIET));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * Keeps in mind what was published.
     *
     * @param group changed by it
     * @param quiet as in the decision
     */
    public void published(IncidentGroup group, Incident incident, GroupOfAlerts alerts, boolean quiet, long now) {
        IncidentMarks marks = IncidentMarks.of(alerts.worst());
        group.setRevision(incident.getRevision());
        group.setPublishedAt(now);
        group.setQuietAt(quiet ? now : group.getQuietAt());
        group.setHistoric(incident.getHistoric());
        group.setPublishedUse(group.getPublishedUse() || marks.used());
        group.setPublishedExternal(group.getPublishedExternal() || marks.external());
    }

    private static Incident.Builder dated(IncidentGroup group, Incident incident, long now) {
        return Incident.newBuilder(incident)
                .setGeneration(group.getGeneration())
                .setRevision(group.getRevision() + 1)
                .setSupersedes(group.getSupersedes().orElse(null))
                .setEmittedAt(Instant.ofEpochMilli(now));
    }

    /** The last word on an incident of which nothing stands any more: what was told, and that it does not hold. */
    private static Incident closed(IncidentGroup group, Incident before) {
        boolean superseded = group.getSupersededBy().isPresent();
        String reason = superseded ? "superseded" : "withdrawn";
        if (before.getClosedBecause().filter(reason::equals).isPresent()) {
            return before;
        }
        String because = superseded
                ? "The application turned out to be another one that is known: see incident "
                        + IncidentIds.of(group.getSupersededBy().orElseThrow()) + "."
                : "Later events refute it: " + group.getWithdrawnBecause().orElse("nothing of it holds")
                        + ". Before, it said:";
        return Incident.newBuilder(before)
                .setStatus(Incidents.CLOSED)
                .setClosedBecause(reason)
                .setSupersededBy(group.getSupersededBy().map(IncidentIds::of).orElse(null))
                .setSeverity(group.getWithdrawnSeverity().orElse(before.getSeverity()))
                .setSummary(BoundedText.of(because + " " + before.getSummary(), IncidentSummary.MOST_BYTES))
                .setAlerts(before.getAlerts().stream()
                        .map(alert -> IncidentAlert.newBuilder(alert)
                                .setStatus("withdrawn")
                                .build())
                        .toList())
                .build();
    }
}
