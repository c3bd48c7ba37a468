package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.state.SignInHour;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A sign-in that stops at the second factor or at the consent prompt is neither a success nor a failure. */
class InterruptedSignInTest {

    private static final Instant AT = Instant.parse("2026-03-05T10:00:00Z");
    private static final Subject APPLICATION = Subject.application(RawEvents.TENANT, RawEvents.appId("crm"));

    private static AppEvent signIn(int number, String kind, int code) {
        return AppEvent.newBuilder()
                .setEventId("sign-in-" + number)
                .setSource("entra-sign-in")
                .setEnvelope("diagnostic")
                .setOperation(Operations.SIGN_IN)
                .setRawOperation("Sign-in activity")
                .setEventTime(AT.plusSeconds(number))
                .setTenantId(RawEvents.TENANT)
                .setOutcome(code == 0 ? "success" : "failure")
                .setAppId(APPLICATION.id())
                .setActor(Actor.newBuilder()
                        .setType("user")
                        .setName("bob@contoso.com")
                        .setIp("198.51.100.7")
                        .build())
                .setDetails(SignIn.newBuilder().setKind(kind).setErrorCode(code).build())
                .setPosition("test/0/" + number + "/0")
                .build();
    }

    @Test
    void it_is_counted_apart_from_failures() {
        // Given
        List<AppEvent> signIns = List.of(
                signIn(1, "interactive", 0),
                signIn(2, "interactive", 50074),
                signIn(3, "interactive", 65004),
                signIn(4, "interactive", 50126),
                signIn(5, "non-interactive", 50076));

        // When
        List<SignInHour> hours;
        try (SightingsHarness harness = new SightingsHarness()) {
            signIns.forEach(signIn -> FactIntake.take(
                    harness.stores(),
                    APPLICATION,
                    harness.stores().profiles().get(APPLICATION),
                    signIn,
                    new PermissionSets(Map.of())));
            hours = harness.stores().rollUps().signIns(APPLICATION, AT, AT.plusSeconds(60), 10);
        }

        // Then
        assertThat(hours)
                .filteredOn(hour -> hour.getKind().equals("interactive"))
                .singleElement()
                .satisfies(hour -> {
                    assertThat(hour.getSuccesses()).isEqualTo(1);
                    assertThat(hour.getInterrupted()).isEqualTo(2);
                    assertThat(hour.getFailures()).isEqualTo(Map.of("50126", 1L));
                });
        assertThat(hours)
                .filteredOn(hour -> hour.getKind().equals("non-interactive"))
                .singleElement()
                .satisfies(hour -> {
                    assertThat(hour.getInterrupted()).isZero();
                    assertThat(hour.getFailures()).isEqualTo(Map.of("50076", 1L));
                });
    }
}
