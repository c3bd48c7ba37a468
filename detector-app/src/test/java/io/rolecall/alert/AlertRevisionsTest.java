package io.rolecall.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Alert;
import io.rolecall.schema.Copy;
import io.rolecall.schema.Evidence;
import io.rolecall.schema.ExposedUsers;
import io.rolecall.schema.Investigation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertRevisionsTest {

    private static Alert withTwoRoles() {
        return AlertAssembler.assemble(
                Given.PAGE,
                Given.finding(
                        false,
                        List.of(Given.MAIL, Given.FILES),
                        Given.registration(),
                        Given.grant("Mail.ReadWrite", Given.GRANTED),
                        Given.grant("Files.Read.All", Given.GRANTED.plusSeconds(5))),
                Given.input(Given.history(), Given.policy(Optional.empty())),
                "scan");
    }

    @Test
    void the_journey_of_the_events_makes_no_difference() {
        // Given
        Alert alert = Given.alert();
        Evidence first = alert.getEvidence().get(0);
        Evidence elsewhere =
                Evidence.newBuilder(first).setPosition("topic/0/99/0").build();

        // When
        Alert other = Alert.newBuilder(alert)
                .setGeneration(1_780_000_000_000L)
                .setRevision(7)
                .setChangeSummary("status open -> contained")
                .setEmittedAt(Instant.parse("2026-04-01T00:00:00Z"))
                .setOrigin("live")
                .setEvidence(List.of(elsewhere, alert.getEvidence().get(1)))
                .build();

        // Then
        assertThat(AlertRevisions.sameContent(alert, other)).isTrue();
    }

    @Test
    void a_later_generation_is_newer_than_any_revision_of_the_one_before() {
        // Given
        Alert third = Alert.newBuilder(Given.alert())
                .setGeneration(1_780_000_000_000L)
                .setRevision(3)
                .build();
        Alert again = Alert.newBuilder(third)
                .setGeneration(1_780_000_000_001L)
                .setRevision(1)
                .build();
        Alert ofAnOlderBuild =
                Alert.newBuilder(third).clearGeneration().setRevision(9).build();

        // When
        List<Alert> byAge = Stream.of(again, third, ofAnOlderBuild)
                .sorted(AlertRevisions.BY_AGE)
                .toList();

        // Then
        assertThat(byAge).containsExactly(ofAnOlderBuild, third, again);
    }

    @Test
    void a_new_copy_in_another_log_is_new_content() {
        // Given
        Alert alert = Given.alert();
        Evidence first = Evidence.newBuilder(alert.getEvidence().get(0))
                .setAlsoSeenAs(List.of(new Copy("u1", "m365-audit", "b.json:1/0")))
                .build();

        // When
        Alert other = Alert.newBuilder(alert)
                .setEvidence(List.of(first, alert.getEvidence().get(1)))
                .build();

        // Then
        assertThat(AlertRevisions.sameContent(alert, other)).isFalse();
        assertThat(AlertRevisions.changeSummary(alert, other)).isEqualTo("evidence updated");
    }

    @Test
    void the_summary_names_what_changed_with_the_most_important_first() {
        // Given
        Alert before = Alert.newBuilder(Given.alert()).setSeverity("high").build();

        // When
        String summary = AlertRevisions.changeSummary(
                before, Alert.newBuilder(withTwoRoles()).setStatus("contained").build());

        // Then
        assertThat(summary)
                .isEqualTo("status open -> contained; severity high -> critical;"
                        + " 1 permission added: Files.Read.All; 1 deciding act more");
    }

    @Test
    void expired_facts_neither_withdraw_nor_revise() {
        // Given
        Alert kept = withTwoRoles();
        Alert remnant = AlertAssembler.assemble(
                Given.PAGE,
                Given.finding(false, List.of(Given.FILES), Given.grant("Files.Read.All", Given.GRANTED.plusSeconds(5))),
                Given.input(Given.history(), Given.policy(Optional.empty())),
                "scan");

        // When
        Alert merged = FrozenAlerts.merge(
                kept, Alert.newBuilder(remnant).setSeverity("high").build());

        // Then
        assertThat(AlertRevisions.sameContent(merged, kept)).isTrue();
    }

    @Test
    void of_a_frozen_alert_everybody_stays_exposed() {
        // Given
        Alert kept = Given.alert();
        Alert recomputed = Alert.newBuilder(kept)
                .setInvestigation(Investigation.newBuilder()
                        .setExposedUsers(ExposedUsers.newBuilder()
                                .setCount(3)
                                .setFirst(List.of("bob@contoso.com"))
                                .build())
                        .build())
                .build();

        // When
        Alert merged = FrozenAlerts.merge(kept, recomputed);

        // Then
        ExposedUsers exposed =
                merged.getInvestigation().orElseThrow().getExposedUsers().orElseThrow();
        assertThat(exposed.getEverybody()).isTrue();
        assertThat(exposed.getCount()).isEqualTo(3);
        assertThat(FrozenAlerts.merge(merged, recomputed)).isEqualTo(merged);
    }

    @Test
    void a_frozen_alert_takes_up_what_is_new() {
        // Given
        Alert kept = Given.alert();
        Alert news = AlertAssembler.assemble(
                Given.PAGE,
                Given.finding(true, List.of(Given.FILES), Given.grant("Files.Read.All", Given.GRANTED.plusSeconds(5))),
                Given.input(Given.history(), Given.policy(Optional.empty())),
                "scan");

        // When
        Alert merged = FrozenAlerts.merge(kept, news);

        // Then
        assertThat(merged.getEvidence())
                .extracting(Evidence::getEventId)
                .containsExactly("e-registration", "e-grant-Mail.ReadWrite", "e-grant-Files.Read.All");
        assertThat(merged.getPermissions()).hasSize(2);
        assertThat(merged.getFirstEventTime()).isEqualTo(kept.getFirstEventTime());
        assertThat(merged.getLastEventTime()).isEqualTo(news.getLastEventTime());
        assertThat(merged.getStatus()).isEqualTo("contained");
        assertThat(FrozenAlerts.merge(merged, news)).isEqualTo(merged);
    }
}
