package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Subject;
import io.rolecall.incident.GivenAlerts;
import io.rolecall.inprocess.HeapFirstStore;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertPermission;
import io.rolecall.state.Names;
import io.rolecall.state.StoreFormats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

/** A revision that says no more than that there is more of the same waits longer than one that says something new. */
class AlertBookTest {

    private static final Subject SUBJECT = Subject.application(GivenAlerts.TENANT, GivenAlerts.APP);
    private static final Alert FIRST = GivenAlerts.alert("a", "high", "open").build();
    private static final Alert COUNTED = GivenAlerts.alert("a", "high", "open")
            .setEvidenceCount(9)
            .setExplanation("9 times")
            .setInvestigation(GivenAlerts.investigation(9))
            .build();

    private final AlertBook book = begun();

    private static AlertBook begun() {
        HeapFirstStore alerts = new HeapFirstStore(Names.ALERTS, Long.MAX_VALUE);
        HeapFirstStore pending = new HeapFirstStore(Names.PENDING, Long.MAX_VALUE);
        MockProcessorContext<String, Routed> context = new MockProcessorContext<>();
        context.addStateStore(alerts);
        context.addStateStore(pending);
        StoreFormats formats = StoreFormats.compare(context, List.of(Names.ALERTS, Names.PENDING), List.of());
        AlertBook book = new AlertBook(alerts, pending, Duration.ofSeconds(30), Duration.ofMinutes(1), Severity.LOW);
        book.beginWith(formats, () -> 1);
        formats.write();
        return book;
    }

    private Optional<Alert> update(Alert content, int second) {
        return book.update(
                        SUBJECT,
                        Optional.ofNullable(book.of(SUBJECT).get(content.getAlertId())),
                        content,
                        Instant.EPOCH,
                        Instant.MIN,
                        second * 1_000L)
                .map(Routed.Raised::alert);
    }

    private List<Alert> due(int second) {
        return book.emitDue(second * 1_000L).stream().map(Routed.Raised::alert).toList();
    }

    @Test
    void more_evidence_waits_for_the_evidence_interval() {
        // Given
        assertThat(update(FIRST, 100)).isPresent();

        // When
        Optional<Alert> atOnce = update(COUNTED, 131);

        // Then
        assertThat(atOnce).isEmpty();
        assertThat(due(159)).isEmpty();
        assertThat(due(160)).extracting(Alert::getEvidenceCount).containsExactly(9);
        assertThat(due(500)).isEmpty();
    }

    @Test
    void what_is_new_does_not_wait_and_takes_the_evidence_along() {
        // Given
        assertThat(update(FIRST, 100)).isPresent();
        assertThat(update(COUNTED, 131)).isEmpty();

        // When
        Optional<Alert> atOnce = update(
                Alert.newBuilder(COUNTED)
                        .setPermissions(
                                List.of(new AlertPermission("microsoft-graph", "Mail.Send", "application", "mail")))
                        .build(),
                132);

        // Then
        assertThat(atOnce.map(Alert::getEvidenceCount)).contains(9);
        assertThat(due(500)).isEmpty();
    }
}
