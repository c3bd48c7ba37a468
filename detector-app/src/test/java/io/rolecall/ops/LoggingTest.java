package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {

    private static final Logger OURS = LoggerFactory.getLogger("io.rolecall.topology.Anything");
    private static final Logger KAFKAS = LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
        Logging.ofCommands(false);
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void the_service_writes_one_json_object_a_line_where_nobody_watches() throws Exception {
        // Given
        Logging.ofService(false, false);

        // When
        OURS.atWarn()
                .addKeyValue("position", "entra.audit-logs/0/17/3")
                .setCause(new IllegalStateException("first line\nsecond line"))
                .log("Two\nlines {}", 42);

        // Then
        assertThat(lines()).hasSize(1);
        JsonNode line = new JsonMapper().readTree(lines().get(0));
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(line.path("loggerName").asText()).isEqualTo("io.rolecall.topology.Anything");
        assertThat(line.path("formattedMessage").asText()).isEqualTo("Two\nlines 42");
        assertThat(line.path("kvpList").path(0).path("position").asText()).isEqualTo("entra.audit-logs/0/17/3");
        assertThat(line.has("throwable")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void where_an_error_came_from_is_shown_to_who_asks_for_more(boolean terminal) {
        // Given
        IllegalStateException error = new IllegalStateException("why");

        // When
        Logging.ofService(terminal, false);
        OURS.atError().setCause(error).log("Something failed due to: {}", error.toString());
        String usual = written.toString(StandardCharsets.UTF_8);
        Logging.ofService(terminal, true);
        OURS.atError().setCause(error).log("Something failed");

        // Then
        assertThat(usual).contains("Something failed due to: why").doesNotContain("IllegalState", "LoggingTest");
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("java.lang.IllegalStateException", "LoggingTest");
    }

    @Test
    void what_no_operator_can_act_on_is_kept_from_the_services_log() {
        // Given
        Logging.ofService(false, false);

        // When
        LoggerFactory.getLogger("org.apache.kafka.streams.StreamsConfig")
                .warn("Processing exception handler is not enabled for the GlobalThread.");
        KAFKAS.warn("[x] Connection to node 1 could not be established");
        KAFKAS.warn("[y] Connection to node 2 could not be established");

        // Then
        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0)).contains("Connection to node 1");
    }

    @Test
    void the_service_writes_text_for_a_person() {
        // Given
        Logging.ofService(true, false);

        // When
        OURS.atInfo().addKeyValue("store", "history").log("A store is restored");
        OURS.info("Plain");

        // Then
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z INFO  i\\.r\\.topology\\.Anything - A store is restored store=\"history\"");
        assertThat(lines().get(1)).endsWith(" - Plain");
    }

    @Test
    void kafkas_warnings_are_the_services_business_and_not_a_commands() {
        // Given
        Logging.ofCommands(false);
        KAFKAS.warn("of a command");
        Logging.ofService(true, false);

        // When
        KAFKAS.warn("of the service");
        KAFKAS.info("the whole configuration");

        // Then
        assertThat(lines()).singleElement().asString().endsWith("of the service");
    }

    @Test
    void verbose_shows_what_is_for_developers() {
        // Given
        Logging.ofService(true, false);
        OURS.debug("quiet");
        Logging.ofService(true, true);
        OURS.debug("of the service");
        Logging.ofCommands(true);

        // When
        OURS.debug("of a command");

        // Then
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).contains("DEBUG").endsWith("of the service");
        assertThat(lines().get(1)).contains("DEBUG").endsWith("of a command");
    }
}
