package io.rolecall.detection.read;

import static io.rolecall.detection.LineFacts.days;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Evaluations;
import io.rolecall.detection.LineFacts;
import io.rolecall.detection.MemoryHistory;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Asked of the days from the fifth to the tenth. */
class TenantWideAccessTest {

    private static final String ROLE = "do: assign-app-role, role: Mail.Read";
    private static final String FOR_ALL = "+1d, by: admin, do: add-delegated-grant, scopes: Mail.Read, for: everybody";

    private static boolean held(String... lines) {
        return held(LineFacts.of(lines), Instant.MIN);
    }

    private static boolean held(List<AppEvent> acts, Instant horizon) {
        return TenantWideAccess.held(new MemoryHistory(acts, horizon), Evaluations.SETS, days(5), days(10));
    }

    @Test
    void an_application_role_exposes_everybody_whatever_it_is() {
        // Given
        AppEvent role = LineFacts.one("+6d, by: admin, " + ROLE);
        AppEvent nothingNamed = AppEvent.newBuilder(role)
                .setDetails(AppRole.newBuilder().build())
                .build();

        // When
        boolean ofASet = held(List.of(role), Instant.MIN);
        boolean ofAnyApi = held("+6d, by: admin, do: assign-app-role, role: Things.Read, api: Payroll Sync");
        boolean unnamed = held(List.of(nothingNamed), Instant.MIN);

        // Then
        assertThat(List.of(ofASet, ofAnyApi, unnamed)).containsOnly(true);
    }

    @Test
    void so_does_a_consent_for_the_whole_tenant() {
        // When
        boolean grant = held("+6d, by: admin, do: add-delegated-grant, scopes: User.Read, for: everybody");
        boolean consent = held("+6d, by: admin, do: consent, scopes: User.Read, for: everybody, logged: [ consent ]");

        // Then
        assertThat(List.of(grant, consent)).containsOnly(true);
    }

    @Test
    void what_users_consent_to_what_failed_and_what_came_later_does_not() {
        // When
        boolean ofUsers = held(
                "+6d, by: ann, do: consent, scopes: [ Mail.Read, offline_access ]",
                "+6d, by: admin, do: assign-app-role-to-user, user: ann, role: Member");
        boolean failed = held("+6d, by: admin, failure: refused, " + ROLE);
        boolean later = held("+11d, by: admin, " + ROLE);

        // Then
        assertThat(List.of(ofUsers, failed, later)).containsOnly(false);
    }

    @Test
    void a_permission_exposes_while_it_is_held() {
        // Given
        String removed = "by: admin, do: remove-delegated-grant, for: everybody";

        // When
        boolean stillHeld = held(FOR_ALL);
        boolean takenBefore = held(FOR_ALL, "+4d, " + removed);
        boolean takenSince = held(FOR_ALL, "+7d, " + removed);

        // Then
        assertThat(stillHeld).isTrue();
        assertThat(takenBefore).isFalse();
        assertThat(takenSince).isTrue();
    }

    @Test
    void the_profile_remembers_what_the_history_no_longer_holds() {
        // Given
        List<AppEvent> both =
                LineFacts.of("+1d, by: admin, " + ROLE, "+3d, by: admin, do: remove-app-role, role: Mail.Read");

        // When
        boolean stillHeld = held(both.subList(0, 1), days(4));
        boolean takenBefore = held(both, days(4));

        // Then
        assertThat(stillHeld).isTrue();
        assertThat(takenBefore).isFalse();
    }
}
