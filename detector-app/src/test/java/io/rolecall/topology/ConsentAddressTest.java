package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.alert.AlertRenderer;
import io.rolecall.incident.OutputFormat;
import io.rolecall.schema.Alert;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From where a user consented: the consent prompt logs no address, the user's sign-ins do. */
class ConsentAddressTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String OFFICE = "203.0.113.9";
    private static final String USER = "carol@contoso.com";
    private static final String ADDED = RawEvents.addServicePrincipal("crm", "2026-03-04T10:00:00Z", OFFICE);
    private static final String SIGN_IN =
            RawEvents.signIn(RawEvents.id("user " + USER), USER, "2026-03-05T09:30:00Z", OUTSIDE);

    private static String consent(String scopes) {
        return RawEvents.consent("crm", USER, scopes, "2026-03-05T10:00:00Z");
    }

    private static Optional<Alert> alert(String detection, String... events) {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            return detector.feed(events).alert(detection);
        }
    }

    private static String table(Alert alert) {
        AlertRenderer renderer = OutputFormat.TABLE.renderer(120, false, true);
        StringWriter out = new StringWriter();
        try {
            renderer.alert(alert, out);
            renderer.end(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString();
    }

    @Test
    void a_consent_to_mail_shows_where_the_user_was_in_either_order() {
        // When
        Stream<Optional<Alert>> alerts = Stream.of(
                alert("illicit-consent", ADDED, SIGN_IN, consent("Mail.Read offline_access")),
                alert("illicit-consent", ADDED, consent("Mail.Read offline_access"), SIGN_IN));

        // Then
        assertThat(alerts).allSatisfy(alert -> {
            assertThat(alert).isPresent();
            assertThat(alert.get().getActors()).singleElement().satisfies(actor -> {
                assertThat(actor.getIp()).contains(OUTSIDE);
                assertThat(actor.getIpClass()).isEqualTo("external");
                assertThat(actor.getBasis()).isEqualTo("sign-in");
            });
            assertThat(alert.get().getConfidence()).isEqualTo("medium");
            assertThat(alert.get().getExplanation()).contains(OUTSIDE).doesNotContain("no known address");
        });
    }

    @Test
    void a_scope_counts_by_its_name_without_regard_to_case() {
        // When
        Optional<Alert> alert = alert("application-consent", ADDED, SIGN_IN, consent("openid MAIL.read"));

        // Then
        assertThat(alert.orElseThrow().getActors())
                .extracting(actor -> actor.getIpClass())
                .containsExactly("external");
    }

    @Test
    void without_any_sign_in_there_is_no_known_address_and_the_alert_says_so() {
        // When
        Alert alert = alert("illicit-consent", ADDED, consent("Mail.Read offline_access"))
                .orElseThrow();

        // Then
        assertThat(alert.getExplanation()).contains("no known address");
    }

    @Test
    void of_a_consent_that_asked_for_no_address_the_table_does_not_say_that_there_is_none() {
        // When
        Alert alert = alert("application-consent", ADDED, SIGN_IN, consent("openid User.Read"))
                .orElseThrow();

        // Then
        assertThat(alert.getActors()).extracting(actor -> actor.getBasis()).containsExactly("none");
        Alert shown = Alert.newBuilder(alert).setSeverity("low").build();
        assertThat(table(shown)).contains(USER + ", consented").doesNotContain("address");
    }
}
