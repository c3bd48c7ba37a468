package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rolecall.config.Topics;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import io.rolecall.topology.ServiceCounts;
import io.rolecall.topology.ServiceCounts.TopicCounts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountMetersTest {

    private static final Policy POLICY = PolicyFile.defaults(Catalogue.shipped().parameters());

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final LatestCounts counts = new LatestCounts();

    private String scrapeAfter(ServiceCounts read) {
        counts.set(read);
        new CountMeters(registry, counts).register(Topics.DEFAULT, Catalogue.shipped(), POLICY);
        return registry.scrape();
    }

    @Test
    void the_counters_of_a_topic_are_exported_as_they_are() {
        // Given
        ServiceCounts read = new ServiceCounts(
                Map.of("entra.audit-logs", new TopicCounts(100, 20, 5, 72, Map.of("bad-time", 3L))),
                Map.of(),
                Map.of("late", 4L),
                Map.of("illicit-consent high", 2L),
                Map.of("alert-revisions", 7L, "alerts new", 4L, "opened high", 1L, "published close", 3L));

        // When
        String scrape = scrapeAfter(read);

        // Then
        assertThat(scrape.lines())
                .contains(
                        "rolecall_elements_total{outcome=\"in\",topic=\"entra.audit-logs\"} 100.0",
                        "rolecall_elements_total{outcome=\"fact\",topic=\"entra.audit-logs\"} 20.0",
                        "rolecall_elements_total{outcome=\"sighting\",topic=\"entra.audit-logs\"} 5.0",
                        "rolecall_elements_total{outcome=\"skipped\",topic=\"entra.audit-logs\"} 72.0",
                        "rolecall_quarantined_total{reason=\"bad-time\",topic=\"entra.audit-logs\"} 3.0",
                        "rolecall_history_total{outcome=\"late\"} 4.0",
                        "rolecall_alerts_total{detection=\"illicit-consent\",severity=\"high\"} 2.0",
                        "rolecall_incidents_total{severity=\"high\"} 1.0",
                        "rolecall_incident_publications_total{activity=\"close\"} 3.0",
                        "rolecall_incident_alerts_total{outcome=\"new\"} 4.0",
                        "rolecall_alert_revisions_total 7.0");
    }

    @Test
    void what_has_not_happened_yet_is_there_at_zero_so_that_its_first_increase_is_seen() {
        // When
        String scrape = scrapeAfter(ServiceCounts.NONE);

        // Then
        assertThat(scrape.lines())
                .contains(
                        "rolecall_elements_total{outcome=\"in\",topic=\"m365.audit-logs\"} 0.0",
                        "rolecall_quarantined_total{reason=\"truncated\",topic=\"m365.audit-logs\"} 0.0",
                        "rolecall_history_total{outcome=\"evaluations-failed\"} 0.0",
                        "rolecall_alerts_total{detection=\"consent-burst\",severity=\"critical\"} 0.0");
    }

    @Test
    void a_detection_sees_once_all_that_it_needs_has_been_delivered() {
        // Given
        ServiceCounts read = new ServiceCounts(
                Map.of(), Map.of("m365-audit consent-to-application", 1L), Map.of(), Map.of(), Map.of());

        // When
        String scrape = scrapeAfter(read);

        // Then
        assertThat(scrape.lines())
                .contains(
                        "rolecall_detection_blind{detection=\"application-consent\"} 0.0",
                        "rolecall_detection_blind{detection=\"single-tenant-app-abuse\"} 1.0");
    }

    @Test
    void no_label_names_an_application_a_person_or_an_address() {
        // When
        String scrape = scrapeAfter(ServiceCounts.NONE);

        // Then
        assertThat(scrape.lines().filter(line -> line.startsWith("rolecall_"))).allSatisfy(line -> assertThat(line)
                .matches(
                        "rolecall_[a-z_]+(\\{((topic|outcome|reason|detection|severity|activity)=\"[a-z0-9.-]+\",?)+})? "
                                + "(\\d.*|NaN)"));
    }
}
