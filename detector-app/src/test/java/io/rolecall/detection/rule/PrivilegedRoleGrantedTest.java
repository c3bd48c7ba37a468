package io.rolecall.detection.rule;

import static io.rolecall.detection.LineFacts.days;
import static io.rolecall.detection.LineFacts.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Evaluations;
import io.rolecall.detection.MemoryHistory;
import io.rolecall.policy.Resources;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What no scenario of {@code privileged-role-granted} can say. */
class PrivilegedRoleGrantedTest {

    private static final String ROLE = "role: RoleManagement.ReadWrite.Directory";
    private static final String ROLE_ID = "d5a5f3f1-0000-4000-8000-000000000001";
    private static final AppEvent GRANTED = one("+1d, by: admin, do: assign-app-role, " + ROLE);

    private static Evaluations detection() {
        return Evaluations.of("privileged-role-granted");
    }

    private static AppEvent byName() {
        AppRole role = (AppRole) GRANTED.getDetails().orElseThrow();
        return AppEvent.newBuilder(GRANTED)
                .setDetails(AppRole.newBuilder(role).clearRoleId().build())
                .build();
    }

    @Test
    void the_finding_hangs_on_the_id_of_the_role_that_the_event_states() {
        // When
        Evaluation evaluation =
                detection().on(one("+1d, by: admin, do: assign-app-role, " + ROLE + ", roleId: " + ROLE_ID));

        // Then
        assertThat(evaluation.findings()).singleElement().satisfies(finding -> assertThat(finding.anchor())
                .containsExactly(Resources.MICROSOFT_GRAPH + "/" + ROLE_ID));
    }

    @Test
    void an_event_without_the_role_id_hangs_on_the_id_that_another_event_states() {
        // Given
        AppEvent stated = one("+2d, by: admin, do: assign-app-role, " + ROLE + ", roleId: " + ROLE_ID);

        // When
        Evaluation evaluation = detection().on(byName(), stated);

        // Then
        assertThat(evaluation.findings().get(0).anchor()).containsExactly(Resources.MICROSOFT_GRAPH + "/" + ROLE_ID);
    }

    @Test
    void an_event_without_any_role_id_hangs_on_the_published_one() {
        // When
        Evaluation evaluation = detection().on(byName());

        // Then
        assertThat(evaluation.findings().get(0).anchor())
                .containsExactly(Resources.MICROSOFT_GRAPH + "/9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8");
    }

    @Test
    void the_grants_that_are_new_are_the_evidence() {
        // Given
        AppEvent removed = one("+2d, by: admin, do: remove-app-role, " + ROLE);
        AppEvent again = one("+3d, by: mallory, do: assign-app-role, " + ROLE);

        // When
        Evaluation twice = detection().on(GRANTED, again);
        Evaluation anew = detection().on(GRANTED, removed, again);

        // Then
        assertThat(twice.findings()).singleElement().satisfies(finding -> assertThat(finding.decidedBy())
                .containsExactly(GRANTED));
        assertThat(anew.findings()).singleElement().satisfies(finding -> assertThat(finding.decidedBy())
                .containsExactly(GRANTED, again));
    }

    @Test
    void what_the_profile_knows_as_held_is_not_newly_granted_unless_it_was_taken() {
        // Given
        AppEvent again = one("+200d, by: mallory, do: assign-app-role, " + ROLE);
        AppEvent removed = one("+2d, by: admin, do: remove-app-role, " + ROLE);
        AppEvent removedLater = one("+201d, by: admin, do: remove-app-role, " + ROLE);

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
}
