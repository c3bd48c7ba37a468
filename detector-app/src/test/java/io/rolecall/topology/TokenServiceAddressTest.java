package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.ResolvedAddress;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.SignIn;
import io.rolecall.state.InquiryFacts;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The token service writes the service principal and the consent of a click, with an address of its own that no list names. */
class TokenServiceAddressTest {

    private static final Subject APPLICATION = Subject.application(RawEvents.TENANT, RawEvents.appId("crm"));
    private static final String TOKEN_SERVICE = "4.151.103.193";
    private static final String OFFICE = "203.0.113.9";
    private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");

    private static AppEvent.Builder event(String operation, int second, Actor.Builder actor) {
        return AppEvent.newBuilder()
                .setEventId(operation)
                .setSource("entra-audit")
                .setEnvelope("diagnostic")
                .setOperation(operation)
                .setRawOperation(operation)
                .setEventTime(AT.plusSeconds(second))
                .setTenantId(RawEvents.TENANT)
                .setOutcome("success")
                .setAppId(APPLICATION.id())
                .setActor(actor.build())
                .setPosition("test/0/" + second + "/0");
    }

    private static Actor.Builder person() {
        return Actor.newBuilder().setType("user").setId(RawEvents.ADMIN_ID).setName(RawEvents.ADMIN);
    }

    private static Actor.Builder byTokenService() {
        return person().setIp(TOKEN_SERVICE).setTokenService(true);
    }

    private static final AppEvent GRANT = event(Operations.ADD_APP_ROLE, 600, person())
            .setDetails(AppRole.newBuilder().setRoleValue("Mail.ReadWrite").build())
            .build();
    private static final AppEvent PRINCIPAL =
            event(Operations.ADD_SERVICE_PRINCIPAL, 299, byTokenService()).build();
    private static final AppEvent CONSENT = event(Operations.CONSENT, 300, byTokenService())
            .setDetails(Consent.newBuilder()
                    .setOnBehalfOfAll(true)
                    .setScopes(java.util.List.of("User.Read"))
                    .build())
            .build();

    private static AppEvent signIn(String ip) {
        return event(Operations.SIGN_IN, 0, person().setIp(ip))
                .setSource("entra-sign-in")
                .setDetails(SignIn.newBuilder()
                        .setKind("interactive")
                        .setErrorCode(0)
                        .build())
                .build();
    }

    private static Map<String, String> addresses(AppEvent... events) {
        try (SightingsHarness harness = new SightingsHarness()) {
            Stream.of(events).forEach(event -> harness.record(java.util.List.of(event)));
            return harness.acts(APPLICATION).stream()
                    .filter(act -> !InquiryFacts.isOne(act))
                    .collect(Collectors.toMap(
                            AppEvent::getOperation, act -> words(harness.addressOf(APPLICATION, act))));
        }
    }

    private static String words(ResolvedAddress address) {
        return address.addressClass().label() + " " + address.ip().orElse("-");
    }

    @Test
    void its_address_is_no_sighting_and_the_persons_own_sign_ins_decide() {
        // When
        Map<String, String> addresses = addresses(PRINCIPAL, GRANT, CONSENT, signIn(OFFICE));

        // Then
        assertThat(addresses).hasSize(3).containsValue("organization " + OFFICE);
        assertThat(addresses.values()).containsOnly("organization " + OFFICE);
    }

    @Test
    void a_person_who_is_outside_is_outside_all_the_same() {
        // When
        Map<String, String> addresses = addresses(signIn("198.51.100.7"), CONSENT, PRINCIPAL, GRANT);

        // Then
        assertThat(addresses.values()).containsOnly("external 198.51.100.7");
    }

    @Test
    void without_any_sign_in_it_is_nobodys_address() {
        // When
        Map<String, String> addresses = addresses(CONSENT, PRINCIPAL, GRANT);

        // Then
        assertThat(addresses)
                .containsEntry(Operations.CONSENT, "microsoft-service " + TOKEN_SERVICE)
                .containsEntry(Operations.ADD_SERVICE_PRINCIPAL, "microsoft-service " + TOKEN_SERVICE)
                .containsEntry(Operations.ADD_APP_ROLE, "unknown -");
    }
}
