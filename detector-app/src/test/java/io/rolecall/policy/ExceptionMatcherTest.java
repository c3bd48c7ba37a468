package io.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExceptionMatcherTest {

    private static final String APP = "11111111-2222-3333-4444-555555555555";
    private static final Instant EXPIRY = Instant.parse("2027-03-01T00:00:00Z");
    private static final Instant BEFORE = EXPIRY.minusNanos(1);

    private static Policy policy(String... exceptions) {
        return PolicyFile.read("policy.yaml", "exceptions:\n" + String.join("", exceptions), TestCatalogue.PARAMETERS);
    }

    private static String exception(String id, String match) {
        return "  - { id: " + id + ", detections: [consent-burst], match: { " + match
                + " }, reason: r, owner: o, expires: 2027-03-01 }\n";
    }

    private static Optional<String> suppressing(Policy policy, String detection, Instant last, String... actors) {
        AlertApplication application =
                AlertApplication.newBuilder().setAppId(APP).build();
        return new ExceptionMatcher(policy)
                .suppressing(
                        detection,
                        "tenant",
                        Optional.of(application),
                        Arrays.stream(actors).map(ExceptionMatcherTest::actor).toList(),
                        last)
                .map(PolicyException::id);
    }

    private static AlertActor actor(String name) {
        return AlertActor.newBuilder()
                .setType("user")
                .setName(name)
                .setRole("granted")
                .setIpClass("unknown")
                .setBasis("none")
                .build();
    }

    @Test
    void an_alert_that_has_every_key_of_the_match_is_suppressed() {
        // Given
        Policy policy = policy(exception("both", "appId: " + APP + ", actor: Eve@Contoso.com"));

        // When
        Optional<String> full = suppressing(policy, "consent-burst", BEFORE, "eve@contoso.com");
        Optional<String> half = suppressing(policy, "consent-burst", BEFORE);

        // Then
        assertThat(full).contains("both");
        assertThat(half).isEmpty();
    }

    @Test
    void an_exception_for_one_person_does_not_hide_what_another_did() {
        // Given
        Policy policy = policy(exception("eve", "actor: eve@contoso.com"));

        // When
        Optional<String> answer =
                suppressing(policy, "consent-burst", BEFORE, "eve@contoso.com", "mallory@contoso.com");

        // Then
        assertThat(answer).isEmpty();
    }

    @Test
    void an_exception_ends_with_the_event_time_of_its_expiry() {
        // Given
        Policy policy = policy(exception("one", "appId: " + APP));

        // When
        List<Optional<String>> answers =
                List.of(suppressing(policy, "consent-burst", BEFORE), suppressing(policy, "consent-burst", EXPIRY));

        // Then
        assertThat(answers).containsExactly(Optional.of("one"), Optional.empty());
    }

    @Test
    void of_several_the_smallest_id_is_named_whatever_their_order() {
        // Given
        String a = exception("a", "appId: " + APP);
        String b = exception("b", "appId: " + APP);

        // When
        List<Optional<String>> answers = List.of(
                suppressing(policy(a, b), "consent-burst", BEFORE), suppressing(policy(b, a), "consent-burst", BEFORE));

        // Then
        assertThat(answers).containsExactly(Optional.of("a"), Optional.of("a"));
    }

    @Test
    void other_detections_are_not_suppressed() {
        // Given
        Policy policy = policy(exception("one", "appId: " + APP));

        // When
        Optional<String> answer = suppressing(policy, "application-consent", BEFORE);

        // Then
        assertThat(answer).isEmpty();
    }

    @Test
    void expired_exceptions_are_listed() {
        // Given
        Policy policy = policy(exception("b", "appId: " + APP), exception("a", "appId: " + APP));

        // When
        List<PolicyException> expired = ExceptionMatcher.expired(policy, EXPIRY);

        // Then
        assertThat(expired).extracting(PolicyException::id).containsExactly("a", "b");
        assertThat(ExceptionMatcher.expired(policy, BEFORE)).isEmpty();
    }
}
