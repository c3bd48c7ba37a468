package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs on which the product was wrong, each with what is right. Each stands for a kind. */
class FaultInputsTest {

    private static final Path FAULTS = Path.of("src/test/resources/faults");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Pattern REASON = Pattern.compile(": rejected, ([a-z-]+)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private List<JsonNode> run(String command, String file, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of(command, FAULTS.resolve(file).toString()));
        arguments.addAll(List.of(more));
        int code = TestConsole.run(CLOCK, out, err, Map.of(), "", arguments.toArray(String[]::new));
        assertThat(code).isEqualTo(ExitCode.DONE);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private List<JsonNode> scan(String file, String networks, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--networks", FAULTS.resolve(networks).toString()));
        arguments.addAll(List.of(more));
        return run("scan", file, arguments.toArray(String[]::new));
    }

    private static String verdict(JsonNode alert) {
        return alert.path("detection").asText() + " " + alert.path("severity").asText() + " "
                + alert.path("status").asText();
    }

    private static List<String> listed(String text) {
        return text == null ? List.of() : List.of(text.split(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    00-base.json                                | networks.csv          | single-tenant-app-abuse critical open, mailbox-wide-access-granted high open |
                    01-elastic-o365-ecs.json                    | networks.csv          | single-tenant-app-abuse critical open, mailbox-wide-access-granted high open |
                    01b-elastic-o365-ecs-operation-kept.json    | networks.csv          | single-tenant-app-abuse critical open, mailbox-wide-access-granted high open |
                    02b-elastic-azure-ecs-failed-grant.json     | networks.csv          |                                       |
                    02c-raw-failed-grant.json                   | networks.csv          |                                       |
                    05-multi-to-single.ndjson                   | networks-variants.csv | single-tenant-app-abuse critical open, mailbox-wide-access-granted high open |
                    10g-tab-first.json                          | networks.csv          | mailbox-wide-access-granted high open, privileged-role-granted medium open | invalid-json
                    17-dead-key.ndjson                          | networks-variants.csv | mailbox-wide-access-granted high open |
                    18-app-grants-app.json                      | networks.csv          | mailbox-wide-access-granted high open, grant-by-application medium open, application-creation-burst medium open |
                    18-two-and-admin.ndjson                     | networks-variants.csv | application-consent informational open |
                    20a-office-only.json                        | networks.csv          | mailbox-wide-access-granted high open |
                    20b-office-plus-ests-consent.json           | networks.csv          | application-consent informational open, mailbox-wide-access-granted high open |
                    24b-targets-cut.json                        | networks.csv          |                                       | truncated
                    28c-sq-first.json                           | networks.csv          | single-tenant-app-abuse critical open, mailbox-wide-access-granted high open | invalid-json
                    28c-trail-mid.json                          | networks.csv          | single-tenant-app-abuse critical open, mailbox-wide-access-granted high open | invalid-json
                    29-officeactivity-cut.json                  | networks.csv          |                                       | truncated
                    29c-officeactivity-whole.json               | networks.csv          | single-tenant-app-abuse critical open, mailbox-wide-access-granted high open |
                    33-several-addresses.json                   | networks.csv          | single-tenant-app-abuse critical open, mailbox-wide-access-granted high open |
                    37-epoch-time-on-top.json                   | networks.csv          | single-tenant-app-abuse critical open, mailbox-wide-access-granted high open |
                    44-removed.ndjson                           | networks-variants.csv | application-consent informational open, illicit-consent high contained |
                    grant-after-700-deletions.ndjson.gz         | networks-variants.csv | single-tenant-app-abuse critical open, mailbox-wide-access-granted high open, azure-abuse-after-grant high open |
                    """)
    void an_input_gives_the_alerts_and_the_rejects_that_are_right(
            String file, String networks, String alerts, String rejects) throws IOException {
        // When
        List<JsonNode> raised = scan(file, networks);

        // Then
        assertThat(raised).extracting(FaultInputsTest::verdict).containsExactlyInAnyOrderElementsOf(listed(alerts));
        Matcher reasons = REASON.matcher(err.toString());
        assertThat(reasons.results().map(reason -> reason.group(1)).toList())
                .containsExactlyElementsOf(listed(rejects));
    }

    @Test
    void dates_of_undecided_order_are_read_month_first_with_one_warning() throws IOException {
        // When
        List<JsonNode> raised = scan("05b-sentinel-csv-daymonth-ambiguous.csv", "networks.csv");

        // Then
        assertThat(raised)
                .extracting(FaultInputsTest::verdict)
                .containsExactly("single-tenant-app-abuse high open", "mailbox-wide-access-granted high open");
        assertThat(err.toString().lines().filter(line -> line.startsWith("warning:")))
                .singleElement()
                .asString()
                .contains("--date-order");
        assertThat(err.toString()).contains("dates of undecided order: 1 file");
    }

    @Test
    void the_switch_decides_the_order_of_dates() throws IOException {
        // When
        List<JsonNode> raised =
                scan("05b-sentinel-csv-daymonth-ambiguous.csv", "networks.csv", "--date-order", "day-first");

        // Then
        assertThat(raised)
                .extracting(FaultInputsTest::verdict)
                .containsExactly("single-tenant-app-abuse critical open", "mailbox-wide-access-granted high open");
        assertThat(err.toString()).doesNotContain("warning:");
    }

    @Test
    void a_consent_for_all_exposes_everybody_and_counts_whom_it_saw() throws IOException {
        // When
        List<JsonNode> raised = scan("18-two-and-admin.ndjson", "networks-variants.csv");

        // Then
        JsonNode exposed = raised.get(0).path("investigation").path("exposedUsers");
        assertThat(exposed.path("everybody").asBoolean()).isTrue();
        assertThat(exposed.path("count").asInt()).isEqualTo(2);
    }

    @Test
    void a_role_of_exchange_online_is_read() throws IOException {
        // When
        List<JsonNode> events = run("decode", "18-app-grants-app.json");

        // Then
        assertThat(events).anySatisfy(event -> {
            assertThat(event.path("details").path("roleValue").asText()).isEqualTo("full_access_as_app");
            assertThat(event.path("details").path("resourceAppId").asText())
                    .isEqualTo("00000002-0000-0ff1-ce00-000000000000");
        });
    }
}
