package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.identity.IdentityPairs;
import io.rolecall.schema.Actor;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.state.AddressRequest;
import io.rolecall.schema.state.SightingBatch;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptCommitTest {

    private static final long NOW = 1_900_000_000_000L;
    private static final long FRESH = NOW - Duration.ofSeconds(2).toMillis();
    private static final long OF_A_BACKLOG = NOW - Duration.ofMinutes(1).toMillis();

    private final MockProcessorContext<String, Routed> context = new MockProcessorContext<>();
    private final PromptCommit step = new PromptCommit();

    @BeforeEach
    void begin() {
        context.setCurrentSystemTimeMs(NOW);
        step.init(context);
    }

    @Test
    void a_fact_that_has_just_been_logged_is_committed_at_once() {
        // Given
        Routed fact = new Routed.Fact(new AppEvent());

        // When
        process(fact, FRESH, new RecordHeaders());

        // Then
        assertThat(context.committed()).isTrue();
        assertThat(context.forwarded()).hasSize(1);
    }

    @Test
    void a_fact_of_a_backlog_waits_for_the_interval() {
        // Given
        Routed fact = new Routed.Fact(new AppEvent());

        // When
        process(fact, OF_A_BACKLOG, new RecordHeaders());

        // Then
        assertThat(context.committed()).isFalse();
        assertThat(context.forwarded()).hasSize(1);
    }

    @Test
    void an_alert_is_as_old_as_the_raw_record_that_raised_it_and_not_as_its_fact() {
        // Given
        Routed alert = new Routed.Raised(new Alert(), Routed.Report.NONE);

        // When
        process(alert, FRESH, IngestTime.headers(OF_A_BACKLOG));

        // Then
        assertThat(context.committed()).isFalse();
        assertThat(context.forwarded().get(0).record().headers()).isEmpty();
    }

    @Test
    void a_request_for_an_address_is_awaited_and_sightings_are_not() {
        // Given
        Routed sightings = Routed.Actor.sightings(new SightingBatch());
        Routed request = Routed.Actor.request(new AddressRequest());

        // When
        process(sightings, FRESH, new RecordHeaders());
        boolean afterSightings = context.committed();
        process(request, FRESH, new RecordHeaders());

        // Then
        assertThat(afterSightings).isFalse();
        assertThat(context.committed()).isTrue();
    }

    @Test
    void what_is_evaluated_later_and_what_is_rejected_is_not_awaited() {
        // Given
        AppEvent use = AppEvent.newBuilder(act())
                .setDetails(MailboxUse.newBuilder().setAction("read").build())
                .build();

        // When
        process(new Routed.Fact(use), FRESH, new RecordHeaders());
        process(
                new Routed.Quarantine(new Rejected(Reason.INVALID_JSON, "", "t/0/0/0", new byte[0], 0), "decode", null),
                FRESH,
                new RecordHeaders());

        // Then
        assertThat(context.committed()).isFalse();
    }

    @Test
    void many_facts_one_after_the_other_share_a_commit_and_the_last_is_not_forgotten() {
        // Given
        Routed fact = new Routed.Fact(new AppEvent());
        process(fact, FRESH, new RecordHeaders());
        context.resetCommit();

        // When
        context.setCurrentSystemTimeMs(NOW + 1);
        process(fact, FRESH, new RecordHeaders());
        boolean soon = context.committed();
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(NOW + 20);

        // Then
        assertThat(soon).isFalse();
        assertThat(context.committed()).isTrue();
    }

    @Test
    void a_fact_that_waited_tells_the_next_step_how_old_it_is() {
        // Given
        Routed resolved = new Routed.Fact(new AppEvent());
        process(resolved, OF_A_BACKLOG, new RecordHeaders());
        Headers told = context.forwarded().get(0).record().headers();

        // When
        process(new Routed.Raised(new Alert(), Routed.Report.NONE), FRESH, told);

        // Then
        assertThat(context.committed()).isFalse();
    }

    @Test
    void a_pair_of_ids_is_not_awaited_and_a_fact_that_needs_one_is() {
        // Given
        AppEvent act = new AppEvent();
        AppEvent pair = IdentityPairs.learned(act(), "631a96bc-a705-4eda-9f99-fdaf9f54f6a2", "object");

        // When
        process(new Routed.Identity(pair), FRESH, new RecordHeaders());
        boolean afterPair = context.committed();
        process(new Routed.Identity(act), FRESH, new RecordHeaders());

        // Then
        assertThat(afterPair).isFalse();
        assertThat(context.committed()).isTrue();
    }

    private static AppEvent act() {
        return AppEvent.newBuilder()
                .setEventId("e")
                .setSource("m365-audit")
                .setEnvelope("object")
                .setOperation("mail-items-accessed")
                .setRawOperation("MailItemsAccessed")
                .setEventTime(Instant.EPOCH)
                .setTenantId("t")
                .setOutcome("success")
                .setActor(Actor.newBuilder().setType("user").build())
                .setPosition("p")
                .build();
    }

    private void process(Routed value, long timestamp, Headers headers) {
        step.process(new Record<>("key", value, timestamp, headers));
    }
}
