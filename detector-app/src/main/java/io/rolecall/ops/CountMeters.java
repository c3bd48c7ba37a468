package io.rolecall.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.rolecall.config.Topics;
import io.rolecall.detection.Blindness;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Severity;
import io.rolecall.source.split.Reason;
import io.rolecall.state.Counts;
import io.rolecall.topology.ServiceCounts;
import io.rolecall.topology.ServiceCounts.TopicCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The metrics that stand on the counters in the stores: exact, kept over restarts, moving with their tasks. All time series are there
 * from the first reading on, at zero if need be, so that the first increase of each is seen; none before, so that a restart is no
 * increase.
 */
final class CountMeters {

    private static final TopicCounts NOTHING = new TopicCounts(0, 0, 0, 0, Map.of());

    /** What becomes of a fact at its history, and what goes wrong there. */
    private static final List<String> HISTORY = List.of(
            "new",
            "duplicate",
            "late",
            "inventory",
            "inquiries",
            "moved",
            "failed",
            "evaluations-failed",
            "unreadable");

    private final MeterRegistry registry;
    private final Supplier<Optional<ServiceCounts>> counts;

    CountMeters(MeterRegistry registry, Supplier<Optional<ServiceCounts>> counts) {
        this.registry = registry;
        this.counts = counts;
    }

    void register(Topics topics, Catalogue catalogue, Policy policy) {
        for (String topic : topics.rawLogs()) {
            elements(topic);
            quarantined(topic);
        }
        elements(topics.inventory());
        quarantined(topics.inventory());
        for (String outcome : HISTORY) {
            counter("rolecall.history", "Facts at their history", known -> known.history()
                            .getOrDefault(outcome, 0L))
                    .tag("outcome", outcome)
                    .register(registry);
        }
        counter(
                        "rolecall.history.taken.late",
                        "Facts taken though they came later than lateness; counted in new and duplicate too",
                        known -> known.history().getOrDefault("taken-late", 0L))
                .register(registry);
        catalogue.all().forEach(detection -> detection(detection, policy));
        incidents();
    }

    private void incidents() {
        for (Severity severity : Severity.values()) {
            if (severity != Severity.INFORMATIONAL) {
                incidents(
                                "rolecall.incidents",
                                "Incidents published, each counted once",
                                Counts.OPENED + severity.label())
                        .tag("severity", severity.label())
                        .register(registry);
            }
        }
        for (String activity : List.of("create", "update", "close", "reopen")) {
            incidents("rolecall.incident.publications", "Publications of incidents", Counts.PUBLISHED + activity)
                    .tag("activity", activity)
                    .register(registry);
        }
        for (String outcome : List.of("new", "changed", "withdrawn", "same", "failed")) {
            incidents(
                            "rolecall.incident.alerts",
                            "Revisions of alerts at their incidents; together rolecall_alert_revisions_total",
                            Counts.ALERTS + outcome)
                    .tag("outcome", outcome)
                    .register(registry);
        }
        incidents("rolecall.alert.revisions", "Revisions of alerts published", Counts.REVISIONS)
                .register(registry);
    }

    private FunctionCounter.Builder<Supplier<Optional<ServiceCounts>>> incidents(
            String name, String description, String key) {
        return counter(name, description, known -> known.incidents().getOrDefault(key, 0L));
    }

    private void elements(String topic) {
        Map<String, ToLongFunction<TopicCounts>> outcomes = Map.of(
                "in", TopicCounts::in,
                "fact", TopicCounts::facts,
                "sighting", TopicCounts::sightings,
                "skipped", TopicCounts::skipped);
        outcomes.forEach((outcome, count) -> counter(
                        "rolecall.elements",
                        "Elements of the raw logs, records of the inventory: in = fact + sighting + skipped + quarantined",
                        known -> count.applyAsLong(of(known, topic)))
                .tag("topic", topic)
                .tag("outcome", outcome)
                .register(registry));
    }

    private void quarantined(String topic) {
        for (Reason reason : Reason.values()) {
            counter(
                            "rolecall.quarantined",
                            "Elements of the raw logs, records of the inventory that were quarantined when they were decoded",
                            known -> of(known, topic).quarantined().getOrDefault(reason.label(), 0L))
                    .tag("topic", topic)
                    .tag("reason", reason.label())
                    .register(registry);
        }
    }

    private void detection(Detection detection, Policy policy) {
        for (Severity severity : Severity.values()) {
            counter("rolecall.alerts", "Alerts raised, each counted once", known -> known.raised()
                            .getOrDefault(detection.id() + " " + severity.label(), 0L))
                    .tag("detection", detection.id())
                    .tag("severity", severity.label())
                    .register(registry);
        }
        if (policy.settings(detection.id()).enabled()) {
            Gauge.builder("rolecall.detection.blind", counts, latest -> isBlind(latest, detection) ? 1 : 0)
                    .description(
                            "1 while nothing of what the detection needs has ever been delivered to this process's tasks")
                    .tag("detection", detection.id())
                    .register(registry);
        }
    }

    private static boolean isBlind(Supplier<Optional<ServiceCounts>> latest, Detection detection) {
        Map<String, Long> seen = latest.get().map(ServiceCounts::seen).orElse(Map.of());
        return !new Blindness(seen).lacks(detection).isEmpty();
    }

    private FunctionCounter.Builder<Supplier<Optional<ServiceCounts>>> counter(
            String name, String description, ToLongFunction<ServiceCounts> count) {
        return FunctionCounter.builder(name, counts, latest -> latest.get()
                        .map(count::applyAsLong)
                        .orElse(0L))
                .description(description);
    }

    private static TopicCounts of(ServiceCounts known, String topic) {
        return known.byTopic().getOrDefault(topic, NOTHING);
    }
}
