package io.rolecall.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolecall.schema.Alert;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertFormatTest {

    private static String render(AlertFormat format, Alert... alerts) throws IOException {
        StringWriter out = new StringWriter();
        AlertRenderer renderer = format.renderer();
        renderer.begin(out);
        for (Alert alert : alerts) {
            renderer.alert(alert, out);
        }
        renderer.end(out);
        return out.toString();
    }

    @Test
    void timesketch_gets_its_three_fields_on_every_line() throws IOException {
        // Given
        Alert alert = Given.alert();

        // When
        List<String> lines = render(AlertFormat.TIMESKETCH, alert).lines().toList();

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
        String text = render(AlertFormat.NDJSON, alert, alert);

        // Then
        assertThat(text.lines()).hasSize(2);
        JsonNode json = new ObjectMapper().readTree(text.lines().findFirst().orElseThrow());
        assertThat(json.get("alertId").asText()).isEqualTo(alert.getAlertId());
        assertThat(json.get("firstEventTime").asText()).isEqualTo("2026-03-01T10:00:00.123456Z");
        assertThat(json.has("changeSummary")).isFalse();
        assertThat(json.has("withdrawnBecause")).isFalse();
    }
}
