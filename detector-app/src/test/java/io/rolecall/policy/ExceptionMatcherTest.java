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
    void anAlertThatHasEveryKeyOfTheMatchIsSuppressed() {
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
    void anExceptionForOnePersonDoesNotHideWhatAnotherDid() {
        // Given
        Policy policy = policy(exception("eve", "actor: eve@contoso.com"));

        // When
        Optional<String> answer =
                suppressing(policy, "consent-burst", BEFORE, "eve@contoso.com", "mallory@contoso.com");

        // Then
        assertThat(answer).isEmpty();
    }

    @Test
    void anExceptionEndsWithTheEventTimeOfItsExpiry() {
        // Given
        Policy policy = policy(exception("one", "appId: " + APP));

        // When
        List<Optional<String>> answers =
                List.of(suppressing(policy, "consent-burst", BEFORE), suppressing(policy, "consent-burst", EXPIRY));

        // Then
        assertThat(answers).containsExactly(Optional.of("one"), Optional.empty());
    }

    @Test
    void ofSeveralTheSmallestIdIsNamedWhateverTheirOrder() {
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
    void otherDetectionsAreNotSuppressed() {
        // Given
        Policy policy = policy(exception("one", "appId: " + APP));

        // When
        Optional<String> answer = suppressing(policy, "application-consent", BEFORE);

        // Then
        assertThat(answer).isEmpty();
    }

    @Test
    void expiredExceptionsAreListed() {
        // Given
        Policy policy = policy(exception("b", "appId: " + APP), exception("a", "appId: " + APP));

        // When
        List<PolicyException> expired = ExceptionMatcher.expired(policy, EXPIRY);

        // Then
        assertThat(expired).extracting(PolicyException::id).containsExactly("a", "b");
        assertThat(ExceptionMatcher.expired(policy, BEFORE)).isEmpty();
    }
}
