package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rolecall.config.Topics;
import io.rolecall.schema.Alert;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ServiceEventsTest {

    private static final Instant STARTED = Instant.parse("2026-06-01T10:00:00Z");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ServiceEvents events = new ServiceEvents(
            registry, Topics.DEFAULT, watermark(registry), Clock.fixed(STARTED.plusSeconds(90), ZoneOffset.UTC));

    private static WatermarkMeters watermark(MeterRegistry registry) {
        return new WatermarkMeters(registry, Duration.ofDays(120));
    }

    @Test
    void the_delay_of_alerts_falls_into_buckets() {
        // When
        events.alertDelay(Duration.ofMillis(20));
        events.alertDelay(Duration.ofMinutes(2));

        // Then
        assertThat(registry.scrape().lines())
                .contains(
                        "rolecall_detection_latency_seconds_bucket{le=\"0.01\"} 0",
                        "rolecall_detection_latency_seconds_bucket{le=\"0.025\"} 1",
                        "rolecall_detection_latency_seconds_bucket{le=\"60.0\"} 1",
                        "rolecall_detection_latency_seconds_bucket{le=\"+Inf\"} 2",
                        "rolecall_detection_latency_seconds_count 2");
    }

    @Test
    void revisions_are_counted_by_status() {
        // Given
        Alert withdrawn = new Alert();
        withdrawn.setStatus("withdrawn");

        // When
        events.alertPublished(withdrawn);

        // Then
        assertThat(registry.scrape().lines())
                .contains(
                        "rolecall_alert_revisions_total{status=\"withdrawn\"} 1.0",
                        "rolecall_alert_revisions_total{status=\"open\"} 0.0");
    }

    @Test
    void the_lag_is_that_of_the_newest_event_whatever_the_order() {
        // Given
        events.eventDecoded("entra-sign-in", STARTED.plusSeconds(30));

        // When
        events.eventDecoded("entra-sign-in", STARTED.plusSeconds(10));

        // Then
        assertThat(registry.scrape().lines())
                .contains(
                        "rolecall_event_time_lag_seconds{source=\"entra-sign-in\"} 60.0",
                        "rolecall_event_time_lag_seconds{source=\"azure-activity\"} NaN");
    }

    @Test
    void silence_lasts_since_the_last_record_or_since_the_process_began() {
        // Given
        HandClock clock = new HandClock();
        PrometheusMeterRegistry fresh = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ServiceEvents lately = new ServiceEvents(fresh, Topics.DEFAULT, watermark(fresh), clock);
        clock.passSeconds(100);
        lately.recordRead("entra.audit-logs", STARTED.plusSeconds(70));
        lately.recordRead("m365.audit-logs", STARTED.minusSeconds(70_000));

        // When
        String scrape = fresh.scrape();

        // Then
        assertThat(scrape.lines())
                .contains(
                        "rolecall_source_silent_seconds{topic=\"entra.audit-logs\"} 30.0",
                        "rolecall_source_silent_seconds{topic=\"m365.audit-logs\"} 100.0",
                        "rolecall_source_silent_seconds{topic=\"azure.activity-logs\"} 100.0");
    }

    @Test
    void refused_networks_are_counted_and_the_table_stays() {
        // Given
        events.networksChanged(3);

        // When
        events.networkRefused("org.networks/0/17", "no CIDR");

        // Then
        assertThat(registry.scrape()).contains("rolecall_networks_refused_total 1.0", "rolecall_networks_entries 3.0");
    }
}
