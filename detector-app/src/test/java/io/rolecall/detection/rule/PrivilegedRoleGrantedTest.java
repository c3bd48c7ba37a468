package io.rolecall.detection.rule;

import static io.rolecall.detection.Events.OFFICE;
import static io.rolecall.detection.Events.START;
import static io.rolecall.detection.Events.days;
import static io.rolecall.detection.Events.failed;
import static io.rolecall.detection.Events.grant;
import static io.rolecall.detection.Events.id;
import static io.rolecall.detection.Events.registration;
import static io.rolecall.detection.Events.role;
import static io.rolecall.detection.Events.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Evaluations;
import io.rolecall.detection.Finding;
import io.rolecall.detection.MemoryHistory;
import io.rolecall.event.Operations;
import io.rolecall.policy.Resources;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrivilegedRoleGrantedTest {

    private static final String TIER_0 = "RoleManagement.ReadWrite.Directory";
    private static final AppEvent GRANTED = grant(TIER_0, days(1), user("admin", OFFICE));

    private static Evaluations detection() {
        return Evaluations.of("privileged-role-granted");
    }

    @Test
    void a_role_of_tier_0_is_high_whether_or_not_the_registration_was_seen() {
        // When
        Evaluation unseen = detection().on(GRANTED);
        Evaluation seen = detection().on(registration(START, "multi", user("admin", OFFICE)), GRANTED);

        // Then
        assertThat(unseen.findings()).extracting(Finding::severity).containsExactly(Severity.HIGH);
        assertThat(seen.findings()).extracting(Finding::severity).containsExactly(Severity.HIGH);
        assertThat(seen.findings().get(0).anchor())
                .containsExactly(Resources.MICROSOFT_GRAPH + "/" + id(Resources.MICROSOFT_GRAPH + TIER_0));
    }

    @Test
    void another_permissive_role_is_medium_until_the_registration_is_known() {
        // Given
        AppEvent granted = grant("Mail.Read", days(1), user("admin", OFFICE));

        // When
        Evaluation unseen = detection().on(granted);
        Evaluation seen = detection().on(granted, registration(START, "single", user("admin", OFFICE)));

        // Then
        assertThat(unseen.findings()).extracting(Finding::severity).containsExactly(Severity.MEDIUM);
        assertThat(seen.findings()).isEmpty();
    }

    @Test
    void granting_again_after_a_removal_reopens_the_same_finding() {
        // Given
        AppEvent removed = role(Operations.REMOVE_APP_ROLE, TIER_0, days(2), user("admin", OFFICE));

        // When
        Evaluation undone = detection().on(GRANTED, removed);
        Evaluation again = detection().on(GRANTED, removed, grant(TIER_0, days(3), user("admin", OFFICE)));

        // Then
        assertThat(undone.findings()).extracting(Finding::contained).containsExactly(true);
        assertThat(again.findings()).extracting(Finding::contained).containsExactly(false);
        assertThat(again.findings().get(0).anchor())
                .isEqualTo(undone.findings().get(0).anchor());
    }

    @Test
    void an_event_without_the_role_id_hangs_on_the_id_that_another_event_states() {
        // Given
        AppEvent byName = AppEvent.newBuilder(GRANTED)
                .setDetails(AppRole.newBuilder()
                        .setResourceAppId(Resources.MICROSOFT_GRAPH)
                        .setRoleValue(TIER_0)
                        .build())
                .build();

        // When
        Evaluation evaluation = detection().on(byName, grant(TIER_0, days(2), user("admin", OFFICE)));

        // Then
        assertThat(evaluation.findings().get(0).anchor())
                .containsExactly(Resources.MICROSOFT_GRAPH + "/" + id(Resources.MICROSOFT_GRAPH + TIER_0));
    }

    @Test
    void an_event_without_any_role_id_hangs_on_the_published_one() {
        // Given
        AppEvent byName = AppEvent.newBuilder(GRANTED)
                .setDetails(AppRole.newBuilder()
                        .setResourceAppId(Resources.MICROSOFT_GRAPH)
                        .setRoleValue(TIER_0)
                        .build())
                .build();

        // When
        Evaluation evaluation = detection().on(byName);

        // Then
        assertThat(evaluation.findings().get(0).anchor())
                .containsExactly(Resources.MICROSOFT_GRAPH + "/9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8");
    }

    @Test
    void failed_grants_and_harmless_roles_are_silent() {
        // When
        Evaluation evaluation = detection().on(failed(GRANTED), grant("User.Read.All", days(1), user("admin", OFFICE)));

        // Then
        assertThat(evaluation.findings()).isEmpty();
    }

    @Test
    void a_role_that_was_held_just_before_is_not_newly_granted() {
        // Given
        AppEvent again = grant(TIER_0, days(3), user("mallory", OFFICE));
        AppEvent removed = role(Operations.REMOVE_APP_ROLE, TIER_0, days(2), user("admin", OFFICE));

        // When
        Evaluation twice = detection().on(GRANTED, again);
        Evaluation anew = detection().on(GRANTED, removed, again);

        // Then
        assertThat(twice.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.decidedBy()).containsExactly(GRANTED);
            assertThat(finding.contained()).isFalse();
        });
        assertThat(anew.findings()).singleElement().satisfies(finding -> assertThat(finding.decidedBy())
                .containsExactly(GRANTED, again));
    }

    @Test
    void what_the_profile_knows_as_held_is_not_newly_granted_unless_it_was_taken() {
        // Given
        AppEvent again = grant(TIER_0, days(200), user("mallory", OFFICE));
        AppEvent removed = role(Operations.REMOVE_APP_ROLE, TIER_0, days(2), user("admin", OFFICE));
        AppEvent removedLater = role(Operations.REMOVE_APP_ROLE, TIER_0, days(201), user("admin", OFFICE));

        // When
        List<Integer> findings = List.of(
                        List.of(GRANTED, again),
                        List.of(GRANTED, removed, again),
                        List.of(GRANTED, again, removedLater),
                        List.of(GRANTED, removed, again, removedLater))
                .stream()
                .map(facts -> detection()
                        .on(new MemoryHistory(facts, days(160)))
                        .findings()
                        .size())
                .toList();

        // Then
        assertThat(findings).containsExactly(0, 1, 0, 1);
    }

    @Test
    void a_removal_whose_order_with_the_grant_is_not_known_makes_it_new() {
        // Given
        AppEvent removed = role(Operations.REMOVE_APP_ROLE, TIER_0, days(3).plusMillis(29_877), user("admin", OFFICE));
        AppEvent again = grant(TIER_0, days(3), user("mallory", OFFICE));

        // When
        Evaluation evaluation = detection().on(GRANTED, again, removed);

        // Then
        assertThat(evaluation.findings()).singleElement().satisfies(finding -> assertThat(finding.decidedBy())
                .containsExactly(GRANTED, again));
    }
}
