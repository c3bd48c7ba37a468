package io.rolecall.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.alert.AlertRenderer;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.AlertSubject;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentTableTest {

    private static final String OTHER = "9b3f0000-0000-4000-8000-000000000002";

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 120})
    void no_line_is_longer_than_the_terminal(int width) throws IOException {
        // Given
        List<Alert> alerts =
                List.of(alert("single-tenant-app-abuse", "critical"), alert("undeclared-permission", "low"));

        // When
        String text = render(width, false, false, alerts);

        // Then
        assertThat(text.lines()).allMatch(line -> line.length() <= width);
        assertThat(text).doesNotContain("\u001b");
    }

    @Test
    void all_alerts_of_an_application_are_one_block_with_what_to_check_and_to_do() throws IOException {
        // Given
        List<Alert> alerts =
                List.of(alert("undeclared-permission", "low"), alert("single-tenant-app-abuse", "critical"));

        // When
        String text = flat(render(80, false, false, alerts));

        // Then
        assertThat(text)
                .contains("CRITICAL 88 single-tenant-app-abuse: Payroll Sync (and 1 more finding)")
                .contains("check first 1. Ask mallory@contoso.com, by telephone or in person")
                .contains("do this 1. Disable sign-in of the service principal (sp-1)")
                .contains("evidence 2026-03-10 09:12:33 mallory@contoso.com granted Mail.ReadWrite to 'Payroll Sync'"
                        + " from 198.51.100.7 (external)")
                .contains("exposed everybody")
                .contains("alerts single-tenant-app-abuse, undeclared-permission")
                .endsWith("1 incident: 1 critical; of 2 alerts ");
    }

    @Test
    void the_worst_incident_comes_first_and_what_is_informational_alone_last() throws IOException {
        // Given
        Alert informational = of(OTHER, "Desk Booking", alert("application-consent", "informational"));
        Alert high = of("1" + OTHER.substring(1), "Free Sync", alert("illicit-consent", "high"));

        // When
        String text = render(80, false, false, List.of(informational, high, alert("tenancy-flip", "critical")));

        // Then
        assertThat(text.indexOf("CRITICAL")).isZero();
        assertThat(text.indexOf("HIGH")).isLessThan(text.indexOf("INVENTORY"));
        assertThat(flat(text))
                .contains("Desk Booking (" + OTHER + "): application-consent")
                .endsWith("2 incidents: 1 critical, 1 high; of 2 alerts, beside 1 informational one of no incident ");
    }

    @Test
    void only_what_is_wide_tells_everything() throws IOException {
        // Given
        Alert many = Alert.newBuilder(alert("single-tenant-app-abuse", "critical"))
                .setRiskReasons(
                        IntStream.range(0, 9).mapToObj(i -> "reason " + i).toList())
                .build();

        // When
        String narrow = render(80, false, false, List.of(many));
        String wide = render(80, false, true, List.of(many));

        // Then
        assertThat(narrow).contains("4 more: --wide").doesNotContain("reason 8");
        assertThat(wide).doesNotContain("--wide").contains("reason 8").contains(many.getAlertId());
    }

    @Test
    void what_the_application_did_itself_is_told_so_whatever_the_log_calls_it() throws IOException {
        // Given
        Alert used = Alert.newBuilder(alert("mailbox-use-after-grant", "high"))
                .setActors(List.of(AlertActor.newBuilder(GivenAlerts.mallory("used-mailbox", "192.0.2.1"))
                        .setType("application")
                        .setId(null)
                        .setName(null)
                        .build()))
                .build();

        // When
        String text = flat(render(80, false, false, List.of(used)));

        // Then
        assertThat(text).contains("who the application itself, used-mailbox from 192.0.2.1 (external)");
    }

    @Test
    void a_suppressed_incident_says_so_and_comes_last() throws IOException {
        // Given
        Alert suppressed =
                GivenAlerts.alert("tenancy-flip", "critical", "suppressed").build();
        Alert low = of(OTHER, "Desk Booking", alert("undeclared-permission", "low"));

        // When
        String text = render(80, false, false, List.of(suppressed, low));

        // Then
        assertThat(text).startsWith("LOW");
        assertThat(flat(text)).contains("[suppressed]");
    }

    @Test
    void colour_marks_the_severity_only_when_it_is_on() throws IOException {
        // Given
        List<Alert> alerts = List.of(alert("single-tenant-app-abuse", "critical"));

        // When // Then
        assertThat(render(80, true, false, alerts)).contains("\u001b[1;37;41mCRITICAL 85\u001b[0m");
    }

    @Test
    void a_name_from_a_log_cannot_write_to_the_terminal() throws IOException {
        // Given
        Alert evil = of(OTHER, "Evil\u001b[2J\r\n\u202eapp", alert("tenancy-flip", "high"));

        // When
        String text = render(120, false, true, List.of(evil));

        // Then
        assertThat(text).doesNotContain("\u001b").doesNotContain("\u202e").doesNotContain("\r");
    }

    @Test
    void no_alerts_make_no_incident() throws IOException {
        // Given
        Alert withdrawn = GivenAlerts.alert("tenancy-flip", "high", "withdrawn").build();

        // When // Then
        assertThat(render(80, false, false, List.of())).isEqualTo("No incidents.\n");
        assertThat(render(80, false, false, List.of(withdrawn))).isEqualTo("No incidents.\n");
    }

    @Test
    void formats_are_found_by_name() {
        // When // Then
        assertThat(OutputFormat.ofLabel("Incidents-OCSF")).contains(OutputFormat.INCIDENTS_OCSF);
        assertThat(OutputFormat.ofLabel("xml")).isEmpty();
    }

    private static Alert alert(String detection, String severity) {
        return GivenAlerts.alert(detection, severity, "open").build();
    }

    private static Alert of(String appId, String name, Alert alert) {
        return Alert.newBuilder(alert)
                .setAlertId(alert.getAlertId() + appId)
                .setGroupKey(GivenAlerts.TENANT + "/" + appId)
                .setSubject(new AlertSubject("application", appId))
                .setTitle("about " + appId)
                .setApplication(AlertApplication.newBuilder()
                        .setAppId(appId)
                        .setDisplayName(name)
                        .build())
                .build();
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String render(int width, boolean color, boolean wide, List<Alert> alerts) throws IOException {
        AlertRenderer renderer = new IncidentTable(width, color, wide);
        StringWriter out = new StringWriter();
        renderer.begin(out);
        for (Alert alert : alerts) {
            renderer.alert(alert, out);
        }
        renderer.end(out);
        return out.toString();
    }
}
