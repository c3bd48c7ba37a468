package io.rolecall.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rolecall.config.ConfigurationException;
import io.rolecall.config.Problem;
import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksFileTest {

    private static List<Problem> problemsOf(String text) {
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> NetworksFile.read("networks.csv", text));
        assertThat(thrown).isNotNull();
        return thrown.problems();
    }

    @Test
    void csv_with_byte_order_mark_quotes_and_empty_lines_is_read() {
        // Given
        String text = "\uFEFFcidr,label,valid_from,valid_to\r\n"
                + "203.0.113.0/24,\"Office, Berlin\",,\r\n"
                + "\r\n"
                + "\"2001:db8::/32\",vpn,2026-01-01T00:00:00Z,2026-06-01T02:00:00+02:00\r\n"
                + "198.51.100.7,proxy\r\n";

        // When
        List<OrgNetwork> networks = NetworksFile.read("networks.csv", text);

        // Then
        assertThat(networks)
                .containsExactly(
                        new OrgNetwork("203.0.113.0/24", "Office, Berlin", null, null),
                        new OrgNetwork(
                                "2001:db8::/32",
                                "vpn",
                                Instant.parse("2026-01-01T00:00:00Z"),
                                Instant.parse("2026-06-01T00:00:00Z")),
                        new OrgNetwork("198.51.100.7/32", "proxy", null, null));
    }

    @Test
    void json_with_the_same_names_is_read() {
        // Given
        String text = """
                [ { "cidr": "203.0.113.0/24", "label": "office" },
                  { "cidr": "2001:db8::1", "label": "host", "valid_from": "2026-01-01T00:00:00Z", "valid_to": null } ]
                """;

        // When
        List<OrgNetwork> networks = NetworksFile.read("networks.json", text);

        // Then
        assertThat(networks)
                .containsExactly(
                        new OrgNetwork("203.0.113.0/24", "office", null, null),
                        new OrgNetwork("2001:db8::1/128", "host", Instant.parse("2026-01-01T00:00:00Z"), null));
    }

    @Test
    void everything_that_is_wrong_is_reported_with_its_line() {
        // Given
        String text = """
                cidr,label,valid_from,valid_to
                203.0.113.7/24,office,,
                300.1.2.3/24,office,,
                198.51.100.0/24,,,
                198.51.100.0/24,a,yesterday,
                198.51.100.0/24,b,2026-02-01T00:00:00Z,2026-01-01T00:00:00Z
                192.0.2.0/24,c,,
                192.0.2.0/24,d,,
                192.0.2.0/24,e,,,more
                """;

        // When
        List<Problem> problems = problemsOf(text);

        // Then
        assertThat(problems).extracting(Problem::line).containsExactly(2, 3, 4, 5, 6, 8, 9);
        assertThat(problems)
                .extracting(Problem::field)
                .containsExactly("cidr", "cidr", "label", "valid_from", "valid_to", "cidr", "");
        assertThat(problems.get(0).message()).contains("203.0.113.7/24").contains("did you mean '203.0.113.0/24'?");
        assertThat(problems.get(5).message()).contains("line 7");
        assertThat(problems.get(0).toString()).startsWith("networks.csv:2: cidr: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cidr;label\\n203.0.113.0/24;office | unknown column",
                "cdir,label\\n203.0.113.0/24,office | did you mean 'cidr'?",
                "cidr\\n203.0.113.0/24 | column is missing",
                "cidr,label,label\\n203.0.113.0/24,a,b | twice",
                "[{\"cidr\":\"203.0.113.0/24\",\"labl\":\"x\"}] | did you mean 'label'?",
                "{\"cidr\":\"203.0.113.0/24\"} | must be an array",
                "[1] | must be a mapping",
                "[{\"cidr\":\"203.0.113.0/24\",\"label\": | cannot be parsed",
                "cidr,label\\n203.0.113.0/33,a | is no address range",
                "cidr,label\\n203.0.113.0/255.255.255.0,a | is no address range",
                "cidr,label\\n203.0.113.*,a | is no address range",
                "cidr,label\\n2001:db8::1/32,a | did you mean '2001:db8::/32'?",
            })
    void a_file_of_another_shape_is_refused_with_the_reason(String text, String reason) {
        // Given a text, its line breaks escaped
        String content = text.replace("\\n", "\n");

        // When
        List<Problem> problems = problemsOf(content);

        // Then
        assertThat(problems).anySatisfy(problem -> assertThat(problem.message()).contains(reason));
    }

    @Test
    void an_empty_file_is_refused() {
        // Given
        String text = "";

        // When
        List<Problem> problems = problemsOf(text);

        // Then
        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("is empty"));
    }

    @Test
    void a_header_without_rows_is_a_table_without_networks() {
        // Given
        String text = "cidr,label\n";

        // When
        List<OrgNetwork> networks = NetworksFile.read("networks.csv", text);

        // Then
        assertThat(networks).isEmpty();
    }

    @Test
    void a_file_is_read_from_disk(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("n.csv"), "cidr,label\n203.0.113.0/24,office\n");

        // When
        List<OrgNetwork> networks = NetworksFile.read(file);

        // Then
        assertThat(networks).hasSize(1);
    }

    @Test
    void a_file_that_is_not_there_is_a_problem_with_its_name(@TempDir Path folder) {
        // Given
        Path missing = folder.resolve("missing.csv");

        // When
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> NetworksFile.read(missing));

        // Then
        assertThat(thrown).hasMessageContaining("missing.csv").hasMessageEndingWith("cannot be read: no such file");
    }
}
