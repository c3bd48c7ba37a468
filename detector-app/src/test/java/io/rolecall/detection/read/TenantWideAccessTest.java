package io.rolecall.detection.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Evaluations;
import io.rolecall.detection.Events;
import io.rolecall.detection.MemoryHistory;
import io.rolecall.event.Operations;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Asked of the days from the fifth to the tenth. */
class TenantWideAccessTest {

    private static final Actor ADMIN = Events.user("admin", Events.OFFICE);

    private static boolean held(AppEvent... acts) {
        return TenantWideAccess.held(
                new MemoryHistory(List.of(acts)), Evaluations.SETS, Events.days(5), Events.days(10));
    }

    private static AppEvent removed(String scope, long day) {
        AppEvent removal = Events.forAll(scope, Events.days(day), ADMIN);
        return AppEvent.newBuilder(removal)
                .setOperation(Operations.REMOVE_DELEGATED_GRANT)
                .setDetails(DelegatedGrant.newBuilder()
                        .setResourceName("Microsoft Graph")
                        .setConsentType("all-principals")
                        .setRemoved(List.of(scope))
                        .build())
                .build();
    }

    @Test
    void an_application_role_exposes_everybody_whatever_it_is() {
        // When
        boolean ofASet = held(Events.grant("Mail.Read", Events.days(6), ADMIN));
        boolean ofAnyApi = held(
                Events.roleOf(Operations.ADD_APP_ROLE, Events.id("some api"), "Things.Read", Events.days(6), ADMIN));
        boolean unnamed = held(Events.event(Operations.ADD_APP_ROLE, Events.days(6), ADMIN)
                .setDetails(AppRole.newBuilder().build())
                .build());

        // Then
        assertThat(List.of(ofASet, ofAnyApi, unnamed)).containsOnly(true);
    }

    @Test
    void so_does_a_consent_for_the_whole_tenant() {
        // When
        boolean grant = held(Events.forAll("User.Read", Events.days(6), ADMIN));
        boolean consent = held(Events.event(Operations.CONSENT, Events.days(6), ADMIN)
                .setDetails(Consent.newBuilder().setOnBehalfOfAll(true).build())
                .build());

        // Then
        assertThat(List.of(grant, consent)).containsOnly(true);
    }

    @Test
    void what_users_consent_to_what_failed_and_what_came_later_does_not() {
        // Given
        AppEvent consent = Events.consent("bob", Events.days(6), "Mail.Read", "offline_access");

        // When
        boolean ofUsers = held(consent, Events.ofClick(consent, "Mail.Read"), Events.assignment("bob", Events.days(6)));
        boolean failed = held(Events.failed(Events.grant("Mail.Read", Events.days(6), ADMIN)));
        boolean later = held(Events.grant("Mail.Read", Events.days(11), ADMIN));

        // Then
        assertThat(List.of(ofUsers, failed, later)).containsOnly(false);
    }

    @Test
    void a_permission_exposes_while_it_is_held() {
        // Given
        AppEvent grant = Events.forAll("Mail.Read", Events.days(1), ADMIN);

        // When
        boolean stillHeld = held(grant);
        boolean takenBefore = held(grant, removed("Mail.Read", 4));
        boolean takenSince = held(grant, removed("Mail.Read", 7));

        // Then
        assertThat(stillHeld).isTrue();
        assertThat(takenBefore).isFalse();
        assertThat(takenSince).isTrue();
    }

    @Test
    void the_profile_remembers_what_the_history_no_longer_holds() {
        // Given
        AppEvent old = Events.grant("Mail.Read", Events.days(1), ADMIN);
        AppEvent taken = Events.role(Operations.REMOVE_APP_ROLE, "Mail.Read", Events.days(3), ADMIN);

        // When
        boolean stillHeld = TenantWideAccess.held(
                new MemoryHistory(List.of(old), Events.days(4)), Evaluations.SETS, Events.days(5), Events.days(10));
        boolean takenBefore = TenantWideAccess.held(
                new MemoryHistory(List.of(old, taken), Events.days(4)),
                Evaluations.SETS,
                Events.days(5),
                Events.after(Duration.ofDays(10)));

        // Then
        assertThat(stillHeld).isTrue();
        assertThat(takenBefore).isFalse();
    }
}
