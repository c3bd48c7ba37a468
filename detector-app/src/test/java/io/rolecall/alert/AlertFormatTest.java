package io.rolecall.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertApplication;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertFormatTest {

    private static String render(AlertFormat format, int width, boolean color, Alert... alerts) throws IOException {
        StringWriter out = new StringWriter();
        AlertRenderer renderer = format.renderer(width, color);
        renderer.begin(out);
        for (Alert alert : alerts) {
            renderer.alert(alert, out);
        }
        renderer.end(out);
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 120})
    void the_table_fits_the_terminal(int width) throws IOException {
        // Given
        Alert alert = Given.alert();

        // When
        String text = render(AlertFormat.TABLE, width, false, alert);

        // Then
        assertThat(text.lines()).allMatch(line -> line.length() <= width);
        assertThat(text.replaceAll("\\s+", " "))
                .contains("CRITICAL 'Payroll Sync' was registered")
                .contains("external")
                .contains("1 alert: 1 critical");
        assertThat(text).doesNotContain("\u001b");
    }

    @Test
    void the_table_keeps_ids_whole_at_eighty_columns() throws IOException {
        // Given
        Alert alert = Given.alert();

        // When
        String text = render(AlertFormat.TABLE, 80, false, alert);

        // Then
        assertThat(text)
                .contains("  application  Payroll Sync (" + Given.APP + "), single")
                .contains("  alert        " + alert.getAlertId())
                .contains("  time         2026-03-01 10:00:00 to 2026-03-10 09:12:33 UTC")
                .contains("  permissions  Mail.ReadWrite (microsoft-graph, application, mailbox-wide)");
    }

    @Test
    void colour_marks_the_severity_only_when_it_is_on() throws IOException {
        // Given
        Alert alert = Given.alert();

        // When
        String text = render(AlertFormat.TABLE, 80, true, alert);

        // Then
        assertThat(text).contains("\u001b[1;37;41mCRITICAL\u001b[0m");
    }

    @Test
    void a_name_from_a_log_cannot_write_to_the_terminal() throws IOException {
        // Given
        Alert alert = Alert.newBuilder(Given.alert())
                .setApplication(AlertApplication.newBuilder()
                        .setAppId(Given.APP)
                        .setDisplayName("Evil\u001b[2J\r\n\u202eapp")
                        .build())
                .build();

        // When
        String text = render(AlertFormat.TABLE, 120, false, alert);

        // Then
        assertThat(text).doesNotContain("\u001b").doesNotContain("\u202e").doesNotContain("\r");
    }

    @Test
    void no_alerts_are_said_so() throws IOException {
        // Given
        Alert[] none = {};

        // When
        String text = render(AlertFormat.TABLE, 80, false, none);

        // Then
        assertThat(text).isEqualTo("No alerts.\n");
    }

    @Test
    void timesketch_gets_its_three_fields_on_every_line() throws IOException {
        // Given
        Alert alert = Given.alert();

        // When
        List<String> lines =
                render(AlertFormat.TIMESKETCH, 80, false, alert).lines().toList();

        // Then
        assertThat(lines).hasSize(3);
        for (String line : lines) {
            JsonNode json = new ObjectMapper().readTree(line);
            assertThat(json.get("message").asText()).isNotEmpty();
            assertThat(json.get("datetime").asText()).endsWith("Z");
            assertThat(json.get("timestamp_desc").asText()).isNotEmpty();
            assertThat(json).allMatch(JsonNode::isValueNode);
        }
    }

    @Test
    void ndjson_is_one_line_an_alert_with_the_names_of_the_contract() throws IOException {
        // Given
        Alert alert = Given.alert();

        // When
        String text = render(AlertFormat.NDJSON, 80, false, alert, alert);

        // Then
        assertThat(text.lines()).hasSize(2);
        JsonNode json = new ObjectMapper().readTree(text.lines().findFirst().orElseThrow());
        assertThat(json.get("alertId").asText()).isEqualTo(alert.getAlertId());
        assertThat(json.get("firstEventTime").asText()).isEqualTo("2026-03-01T10:00:00.123456Z");
        assertThat(json.has("changeSummary")).isFalse();
        assertThat(json.has("withdrawnBecause")).isFalse();
    }

    @Test
    void formats_are_found_by_name() {
        // Given
        String name = "Timesketch";

        // When
        var format = AlertFormat.ofLabel(name);

        // Then
        assertThat(format).contains(AlertFormat.TIMESKETCH);
        assertThat(AlertFormat.ofLabel("xml")).isEmpty();
    }
}
