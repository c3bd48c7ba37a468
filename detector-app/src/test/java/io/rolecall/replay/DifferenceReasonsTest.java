package io.rolecall.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertSubject;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DifferenceReasonsTest {

    private static final Alert ALERT = alert("rc-1", "high").build();

    @Test
    void a_cause_is_the_reason_when_the_difference_goes_with_it() throws IOException {
        // Given
        Tried tried = new Tried(Cause.POLICY, Cause.LATE).settling(Cause.LATE);

        // When
        var explained = new DifferenceReasons(tried).explain(difference());

        // Then
        assertThat(explained.cause()).isEqualTo(Cause.LATE);
        assertThat(explained.because()).isEqualTo("told late");
    }

    @Test
    void a_cause_that_is_there_and_changes_nothing_is_no_reason() throws IOException {
        // Given
        Tried tried = new Tried(Cause.POLICY, Cause.LATE, Cause.COLD_START);

        // When
        var explained = new DifferenceReasons(tried).explain(difference());

        // Then
        assertThat(explained.cause()).isEqualTo(Cause.UNEXPLAINED);
        assertThat(explained.because()).contains("policy, late, cold-start");
    }

    @Test
    void of_causes_that_it_takes_together_the_first_of_the_fewest_is_the_reason_and_the_others_are_named()
            throws IOException {
        // Given
        Tried tried = new Tried(Cause.POLICY, Cause.NETWORKS, Cause.LATE, Cause.FROZEN)
                .settling(Cause.NETWORKS, Cause.FROZEN);

        // When
        var explained = new DifferenceReasons(tried).explain(difference());

        // Then
        assertThat(explained.cause()).isEqualTo(Cause.NETWORKS);
        assertThat(explained.because()).isEqualTo("told networks; together with frozen: told frozen");
    }

    @Test
    void a_cause_that_cannot_be_taken_away_leaves_a_difference_unverified_unless_another_settles_it()
            throws IOException {
        // Given
        Tried open = new Tried(Cause.LATE).untried("another policy");
        Tried settled = new Tried(Cause.LATE).untried("another policy").settling(Cause.LATE);

        // When
        var unverified = new DifferenceReasons(open).explain(difference());
        var late = new DifferenceReasons(settled).explain(difference());

        // Then
        assertThat(unverified.cause()).isEqualTo(Cause.UNVERIFIED);
        assertThat(unverified.because()).isEqualTo("another policy");
        assertThat(late.cause()).isEqualTo(Cause.LATE);
    }

    @Test
    void journey_positions_and_versions_are_no_difference_and_a_withdrawn_alert_is_none() {
        // Given
        Alert elsewhere = Alert.newBuilder(ALERT)
                .setRevision(7)
                .setGeneration(5)
                .setOrigin("live")
                .setChangeSummary("something")
                .setEmittedAt(Instant.EPOCH)
                .setPolicyVersion("other")
                .setNetworksVersion("other")
                .setDetectionVersion(3)
                .build();
        Alert withdrawn = alert("rc-2", "high").setStatus("withdrawn").build();
        Alert worse = alert("rc-3", "critical").build();
        Alert better = alert("rc-3", "low").build();

        // When
        LiveComparison comparison = LiveComparison.of(
                byId(ALERT, worse),
                byId(elsewhere, withdrawn, better, alert("rc-4", "low").build()),
                alert -> true);

        // Then
        assertThat(comparison.same()).isEqualTo(1);
        assertThat(comparison.differences())
                .extracting(LiveDifference::alertId, LiveDifference::kind, LiveDifference::fields)
                .containsExactly(tuple("rc-3", "changed", List.of("severity")), tuple("rc-4", "missing", List.of()));
    }

    @Test
    void the_last_record_of_an_alert_is_the_one_of_the_larger_pair_of_generation_and_revision() {
        // Given
        Alert old = alert("rc-1", "low").setGeneration(1).setRevision(9).build();
        Alert recent = alert("rc-1", "high").setGeneration(2).setRevision(1).build();

        // When
        Map<String, Alert> last = LiveComparison.last(List.of(recent, old));

        // Then
        assertThat(last).containsExactly(Map.entry("rc-1", recent));
    }

    private static LiveDifference difference() {
        return new LiveDifference("rc-1", Optional.of(ALERT), Optional.empty(), List.of());
    }

    private static Map<String, Alert> byId(Alert... alerts) {
        return LiveComparison.last(List.of(alerts));
    }

    static Alert.Builder alert(String id, String severity) {
        return Alert.newBuilder()
                .setAlertId(id)
                .setGroupKey("group")
                .setRevision(1)
                .setStatus("open")
                .setDetection("detection")
                .setDetectionVersion(1)
                .setTitle("title")
                .setExplanation("explanation")
                .setSeverity(severity)
                .setConfidence("high")
                .setRiskScore(1)
                .setTenantId("tenant")
                .setSubject(new AlertSubject("application", "app"))
                .setFirstEventTime(Instant.parse("2026-06-01T00:00:00Z"))
                .setLastEventTime(Instant.parse("2026-06-01T00:00:00Z"))
                .setEvidenceCount(1)
                .setPolicyVersion("policy")
                .setNetworksVersion("networks")
                .setOrigin("replay");
    }

    /** Decides away a new alert when all of some causes are taken away. */
    private static final class Tried implements DifferenceReasons.Trial {

        private final Set<Cause> present;
        private Set<Cause> settling = EnumSet.allOf(Cause.class);
        private Optional<String> open = Optional.empty();

        Tried(Cause first, Cause... more) {
            present = EnumSet.of(first, more);
        }

        Tried settling(Cause first, Cause... more) {
            settling = EnumSet.of(first, more);
            return this;
        }

        Tried untried(String because) {
            open = Optional.of(because);
            return this;
        }

        @Override
        public Set<Cause> present(LiveDifference difference) {
            return present;
        }

        @Override
        public Optional<String> untried(LiveDifference difference) {
            return open;
        }

        @Override
        public Map<String, AlertContent> without(Set<Cause> causes) {
            Map<String, AlertContent> left = new TreeMap<>();
            if (!causes.containsAll(settling)) {
                AlertContent.of(ALERT).ifPresent(content -> left.put("rc-1", content));
            }
            return left;
        }

        @Override
        public String told(Cause cause, LiveDifference difference) {
            return "told " + cause.label();
        }
    }
}
