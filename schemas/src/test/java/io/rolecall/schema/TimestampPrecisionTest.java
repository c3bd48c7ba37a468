package io.rolecall.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times keep what their source states: events to the nanosecond, alerts to the microsecond. */
class TimestampPrecisionTest {

    @BeforeAll
    static void trustTheRecords() {
        TrustedRecords.trust();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T10:15:30Z",
                "2026-11-22T10:15:30.123456789Z",
                "2026-11-22T10:15:30.9999999Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999999Z"
            })
    void the_time_of_an_event_survives_to_the_nanosecond(String text) throws IOException {
        // Given
        Instant time = Instant.parse(text);
        AppEvent event = AppEvent.newBuilder()
                .setEventId("e-1")
                .setSource("entra-audit")
                .setEnvelope("graph")
                .setOperation("add-application")
                .setRawOperation("Add application")
                .setEventTime(time)
                .setTenantId("unknown")
                .setOutcome("success")
                .setActor(Actor.newBuilder().setType("unknown").build())
                .setPosition("events.ndjson:1/0")
                .build();

        // When
        AppEvent read = AppEvent.fromByteBuffer(event.toByteBuffer());

        // Then
        assertThat(read.getEventTime()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T10:15:30.123456789Z", "1969-12-31T23:59:59.999999999Z"})
    void an_open_or_closed_validity_survives_to_the_nanosecond(String text) throws IOException {
        // Given
        Instant time = Instant.parse(text);
        OrgNetwork network = OrgNetwork.newBuilder()
                .setCidr("203.0.113.0/24")
                .setLabel("office")
                .setValidFrom(time)
                .build();

        // When
        OrgNetwork read = OrgNetwork.fromByteBuffer(network.toByteBuffer());

        // Then
        assertThat(List.of(read.getValidFrom(), read.getValidTo()))
                .containsExactly(Optional.of(time), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T10:15:30.123456Z", "1969-12-31T23:59:59.999999Z"})
    void the_time_of_evidence_survives_to_the_microsecond(String text) throws IOException {
        // Given
        Instant time = Instant.parse(text);
        Evidence evidence = Evidence.newBuilder()
                .setEventId("e-1")
                .setSource("entra-audit")
                .setOperation("add-application")
                .setEventTime(time)
                .setSummary("The application was registered.")
                .setPosition("events.ndjson:1/0")
                .build();

        // When
        Evidence read = Evidence.fromByteBuffer(evidence.toByteBuffer());

        // Then
        assertThat(read.getEventTime()).isEqualTo(time);
    }
}
