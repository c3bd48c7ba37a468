package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.acts.ActIds;
import io.rolecall.acts.Log;
import io.rolecall.acts.Verb;
import io.rolecall.acts.Verbs;
import io.rolecall.event.ActMerge;
import io.rolecall.event.Acts;
import io.rolecall.event.AvroJson;
import io.rolecall.scenario.CaseEvent;
import io.rolecall.scenario.Lines;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.DecodeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every verb of scenario files in every log that has it: {@code verbs.txt} holds lines and, indented below each, the facts that its
 * events decode to, with ids replaced by the names they were made of. Run with {@code -Drolecall.write-verbs=true} to write it anew.
 */
class VerbFactsTest {

    private static final String FILE = "/io/rolecall/acts/verbs.txt";
    private static final Instant LATER = Instant.parse("2200-01-01T00:00:00Z");
    private static final EventDecoder DECODER =
            new EventDecoder(DecodeSettings.DEFAULT.withEverything(true), Needed.BY_DETECTIONS);
    private static final Map<String, String> WORDS =
            ActIds.words(List.of("Payroll Sync", "Other App"), List.of("mallory", "admin", "ann", "new@contoso.com"));
    private static final String AT = "at: +1d, ";

    /** A line and the facts below it. */
    record Told(String line, List<String> facts) {
        @Override
        public String toString() {
            return line;
        }
    }

    static List<Told> told() throws IOException {
        Map<String, List<String>> told = new LinkedHashMap<>();
        String line = "";
        for (String text : file().split("\n", -1)) {
            if (text.startsWith("  ")) {
                Objects.requireNonNull(told.get(line)).add(text.strip());
            } else if (!text.isBlank()) {
                line = text;
                told.put(line, new ArrayList<>());
            }
        }
        return told.entrySet().stream()
                .map(entry -> new Told(entry.getKey(), entry.getValue()))
                .toList();
    }

    static List<Verb> verbs() {
        return Verbs.all();
    }

    @ParameterizedTest
    @MethodSource("told")
    void a_line_decodes_to_its_facts_in_every_log(Told told) {
        // Given
        List<CaseEvent> events = Lines.cases(AT + told.line());

        // When
        List<String> facts = events.stream()
                .flatMap(event -> decoded(event.event()).stream().map(VerbFactsTest::facts))
                .toList();

        // Then
        assertThat(facts).isEqualTo(told.facts());
    }

    @ParameterizedTest
    @MethodSource("told")
    void both_logs_tell_one_act(Told told) {
        // Given
        List<CaseEvent> events = Lines.cases(AT + told.line()).stream()
                .filter(event -> event.inOtherLog().isPresent())
                .filter(event -> !told.line().contains("do: sign-in"))
                .toList();

        for (CaseEvent event : events) {
            // When
            List<AppEvent> usual = decoded(event.event());
            List<AppEvent> other = decoded(event.inOtherLog().orElseThrow());

            // Then
            assertThat(other).hasSameSizeAs(usual);
            for (int i = 0; i < usual.size(); i++) {
                AppEvent merged = ActMerge.merged(List.of(other.get(i), usual.get(i)));
                assertThat(Acts.id(other.get(i))).isEqualTo(Acts.id(usual.get(i)));
                assertThat(merged.getActor().getIp())
                        .isEqualTo(usual.get(i).getActor().getIp());
                assertThat(merged.getActor().getId())
                        .isEqualTo(usual.get(i).getActor().getId());
                assertThat(merged.getAppId()).isEqualTo(usual.get(i).getAppId());
                assertThat(details(other.get(i))).isEqualTo(details(usual.get(i)));
                assertThat(merged.getAlsoSeenAs()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void every_verb_is_tried_and_can_be_told_in_each_of_its_logs(Verb verb) throws IOException {
        // Given
        List<String> lines = told().stream()
                .map(Told::line)
                .filter(line -> line.contains("do: " + verb.name() + ",") || line.endsWith("do: " + verb.name()))
                .toList();

        for (Log log : verb.logs()) {
            // When
            List<String> sources = lines.stream()
                    .flatMap(line -> Lines.cases(AT + line + ", log: " + log.label()).stream())
                    .flatMap(event -> decoded(event.event()).stream())
                    .map(AppEvent::getSource)
                    .distinct()
                    .toList();

            // Then
            assertThat(sources).isNotEmpty().allMatch(source -> isOf(log, source));
        }
    }

    @Test
    void the_file_of_facts_is_written_anew_on_request() throws IOException {
        if (!Boolean.getBoolean("rolecall.write-verbs")) {
            // Given, When
            List<Told> told = told();

            // Then
            assertThat(told).hasSizeGreaterThan(Verbs.all().size());
            return;
        }
        String text = told().stream()
                .map(told -> told.line() + "\n"
                        + Lines.cases(AT + told.line()).stream()
                                .flatMap(event -> decoded(event.event()).stream())
                                .map(event -> "  " + facts(event) + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
        Files.writeString(Path.of("src/test/resources" + FILE), text);
    }

    private static boolean isOf(Log log, String source) {
        return switch (log) {
            case ENTRA -> source.startsWith("entra-") || source.equals("azure-activity");
            case UNIFIED -> source.equals("m365-audit");
            case AZURE -> source.equals("azure-activity");
        };
    }

    private static List<AppEvent> decoded(byte[] event) {
        try {
            String json = new String(event, StandardCharsets.UTF_8);
            return DECODER.decode(Decoding.parse(json), "file:1/0", LATER);
        } catch (RejectedElementException rejected) {
            throw new AssertionError(rejected.reason() + ": " + rejected.getMessage(), rejected);
        }
    }

    /** What the event says, in one line: absent facts are left out. */
    private static String facts(AppEvent event) {
        List<String> facts = new ArrayList<>(List.of(event.getOperation(), event.getOutcome()));
        event.getOutcomeReason().ifPresent(reason -> facts.add("(" + reason + ")"));
        fact(facts, "app", event.getAppId());
        fact(facts, "object", event.getAppObjectId());
        fact(facts, "principal", event.getServicePrincipalId());
        fact(facts, "named", event.getAppDisplayName());
        facts.add("by " + event.getActor().getType());
        fact(facts, "id", event.getActor().getId());
        fact(facts, "name", event.getActor().getName());
        fact(facts, "app", event.getActor().getAppId());
        fact(facts, "at", event.getActor().getIp());
        facts.add(details(event));
        return String.join(" ", facts);
    }

    private static void fact(List<String> facts, String name, Optional<String> value) {
        value.ifPresent(text -> facts.add(name + "=" + named(text)));
    }

    private static String details(AppEvent event) {
        return event.getDetails()
                .map(details -> named(AvroJson.toTree((SpecificRecord) details).toString()))
                .orElse("-");
    }

    /** Ids that were made of names, by these names. */
    private static String named(String text) {
        String named = text;
        for (var entry : WORDS.entrySet()) {
            named = named.replace(entry.getKey(), entry.getValue());
        }
        return named.replaceAll("\"tokenId\":\"[A-Z0-9]+\"", "\"tokenId\":\"..\"");
    }

    private static String file() throws IOException {
        try (InputStream in = VerbFactsTest.class.getResourceAsStream(FILE)) {
            return new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
