package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolecall.scenario.Lines;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Audits logs that lines of acts make, and exports, as the command line does. */
final class AuditRun {

    private static final Clock LATER = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    final int exitCode;
    final String out;
    final String err;

    private AuditRun(int exitCode, String out, String err) {
        this.exitCode = exitCode;
        this.out = out;
        this.err = err;
    }

    /** Runs {@code audit} with arguments. */
    static AuditRun with(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = Stream.concat(Stream.of("audit"), Stream.of(arguments)).toArray(String[]::new);
        int code = TestConsole.run(LATER, out, err, Map.of(), "", all);
        return new AuditRun(code, out.toString(), err.toString());
    }

    /** Audits the logs of some acts. */
    static AuditRun ofActs(Path folder, String... lines) throws IOException {
        return with(acts(folder, "acts.ndjson", lines).toString());
    }

    /** Writes the logs of some acts. */
    static Path acts(Path folder, String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), Lines.events(lines));
    }

    /** The entries that were printed. */
    List<JsonNode> entries() {
        assertThat(err).doesNotContain("rejected (");
        List<JsonNode> entries = new ArrayList<>();
        out.lines().forEach(line -> entries.add(json(line)));
        return entries;
    }

    /** The only entry, also where elements were refused. */
    JsonNode only() {
        assertThat(out.lines()).hasSize(1);
        return json(out.strip());
    }

    /** The entry of an application. */
    JsonNode of(String name) {
        List<JsonNode> found = entries().stream()
                .filter(entry -> entry.path("displayName").asText().equals(name))
                .toList();
        assertThat(found).as(out).hasSize(1);
        return found.get(0);
    }

    /** What was found of an application: {@code severity id about}. */
    List<String> findings(String name) {
        return findings(of(name));
    }

    static List<String> findings(JsonNode entry) {
        List<String> findings = new ArrayList<>();
        entry.path("findings").forEach(finding -> {
            assertThat(finding.path("reason").asText()).isNotEmpty();
            assertThat(finding.path("remedy").asText()).isNotEmpty();
            findings.add((finding.path("severity").asText() + " "
                            + finding.path("id").asText() + " "
                            + finding.path("about").asText())
                    .strip());
        });
        return findings;
    }

    /** The texts of a list of an entry. */
    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static JsonNode json(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(line, e);
        }
    }
}
