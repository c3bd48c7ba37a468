package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Operations;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.Consent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UserActsTest {

    private static AppEvent act(String operation, String click, Object details) {
        return AppEvent.newBuilder()
                .setEventId(operation + click)
                .setSource("entra-audit")
                .setEnvelope("diagnostic")
                .setOperation(operation)
                .setRawOperation(operation)
                .setEventTime(Instant.parse("2026-03-02T09:00:00Z"))
                .setTenantId("tenant")
                .setCorrelationId(click)
                .setOutcome("success")
                .setActor(Actor.newBuilder().setType("user").setId("ann").build())
                .setPosition("file:1/0")
                .setDetails(details)
                .build();
    }

    private static AppEvent consent(String click, boolean forAll) {
        return act(
                Operations.CONSENT,
                click,
                Consent.newBuilder().setOnBehalfOfAll(forAll).build());
    }

    private static AppEvent access(String click) {
        return act(
                Operations.ADD_APP_ROLE_TO_USER,
                click,
                AppRoleToUser.newBuilder().setUserId("ann").build());
    }

    private static AppEvent assigned(String click) {
        return act(
                Operations.ADD_APP_ROLE_TO_USER,
                click,
                AppRoleToUser.newBuilder().setUserId("ann").setRoleId("role").build());
    }

    @Test
    void access_that_comes_with_a_consent_for_all_is_no_consent_of_a_user() {
        // Given
        UserActs acts = UserActs.of(new byte[0]);

        // When
        acts.count(access("tenant"), 1);
        long before = acts.consents();
        acts.count(consent("tenant", true), 1);

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(acts.consents()).isZero();
    }

    @Property(tries = 200)
    void any_order_with_acts_taken_back_and_stored_between_counts_the_same(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> shuffled = new ArrayList<>(List.of(
                access("tenant"), consent("tenant", true), access("own"), consent("own", false), assigned("single")));
        Collections.shuffle(shuffled, random);

        // When
        byte[] stored = new byte[0];
        for (AppEvent act : shuffled) {
            UserActs acts = UserActs.of(stored);
            acts.count(act, 1);
            if (random.nextBoolean()) {
                acts.count(act, -1);
                acts.count(act, 1);
            }
            stored = acts.stored();
        }

        // Then
        assertThat(UserActs.of(stored).consents()).isEqualTo(2);
        assertThat(UserActs.of(stored).assignments()).isEqualTo(1);
    }

    @Test
    void nothing_is_kept_once_everything_is_taken_back() {
        // Given
        UserActs acts = UserActs.of(new byte[0]);
        List<AppEvent> all = List.of(access("tenant"), consent("tenant", true), consent("own", false));

        // When
        all.forEach(act -> acts.count(act, 1));
        all.forEach(act -> acts.count(act, -1));

        // Then
        assertThat(acts.stored()).isEmpty();
    }
}
