package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.MarkdownPage;
import io.rolecall.acts.Verbs;
import io.rolecall.config.ConfigFile;
import io.rolecall.config.Topics;
import io.rolecall.detection.Catalogue;
import io.rolecall.incident.OutputFormat;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import io.rolecall.scenario.Delivery;
import io.rolecall.scenario.Scenario;
import io.rolecall.scenario.ScenarioFile;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Incident;
import io.rolecall.source.split.Reason;
import java.io.StringWriter;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** docs/contract.md says what the code does, name by name. */
class ContractPageTest {

    private static final MarkdownPage CONTRACT = MarkdownPage.read("docs/contract.md");

    /** They come with the distribution, which this module does not know. */
    private static final Set<String> OF_THE_DISTRIBUTION = Set.of("demo", "story");

    /** Options of every command, which the page names once. */
    private static final Set<String> SHARED = Set.of("--verbose", "-v", "--help", "-h", "--version", "-V");

    @Test
    void every_command_stands_there_with_its_options_and_no_other() {
        // Given
        Map<String, Set<String>> expected = new TreeMap<>();
        commands("", Main.commandLine(Console.ofProcess()), expected);

        // When
        Map<String, Set<String>> documented = new TreeMap<>();
        CONTRACT.section("## 2. Commands").rows().stream()
                .filter(row -> row.get(0).startsWith("`"))
                .filter(row -> !OF_THE_DISTRIBUTION.contains(command(row)))
                .forEach(row -> documented.put(command(row), new TreeSet<>(MarkdownPage.coded(row.get(1)))));

        // Then
        assertThat(documented).isEqualTo(expected);
    }

    @Test
    void the_options_that_all_commands_share_are_there() {
        // Given
        MarkdownPage section = CONTRACT.section("## 2. Commands");

        // When
        Set<String> shared = Main.commandLine(Console.ofProcess()).getCommandSpec().options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .collect(Collectors.toSet());

        // Then
        assertThat(shared).isEqualTo(SHARED);
        assertThat(MarkdownPage.coded(section.text())).contains("-v", "--verbose", "--version");
    }

    @Test
    void the_exit_codes_are_those_of_the_code() throws IllegalAccessException {
        // Given
        List<String> expected = new ArrayList<>();
        for (var field : ExitCode.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                expected.add(Integer.toString(field.getInt(null)));
            }
        }

        // When
        List<String> documented = CONTRACT.section("## 2. Commands").rows().stream()
                .map(row -> row.get(0))
                .filter(cell -> cell.matches("\\d+"))
                .toList();

        // Then
        assertThat(documented).isEqualTo(expected);
    }

    @Test
    void the_topics_are_those_of_the_configuration() throws ReflectiveOperationException {
        // Given
        List<Object> expected = new ArrayList<>();
        for (var component : Topics.class.getRecordComponents()) {
            expected.add(component.getAccessor().invoke(Topics.DEFAULT));
        }

        // When
        List<String> documented = CONTRACT.section("## 3. Topics").rows().stream()
                .filter(row -> row.get(0).startsWith("`"))
                .flatMap(row -> MarkdownPage.coded(row.get(0)).stream())
                .toList();

        // Then
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(Object::toString).toList());
    }

    @Test
    void the_reasons_of_the_quarantine_are_those_of_the_code() {
        // Given
        String text = CONTRACT.section("## 3. Topics").text();

        // When
        List<String> documented = MarkdownPage.coded(text.substring(text.indexOf("Reasons:"), text.indexOf("Stages:")));

        // Then
        assertThat(documented)
                .containsExactlyElementsOf(
                        Stream.of(Reason.values()).map(Reason::label).toList());
    }

    @ParameterizedTest
    @CsvSource({"## 4. Events, AppEvent", "## 5. Alert, Alert"})
    void the_fields_of_a_record_and_of_all_within_it_are_those_of_the_schema(String section, String root) {
        // Given
        Map<String, List<String>> expected = new TreeMap<>();
        records(root.equals("Alert") ? Alert.getClassSchema() : AppEvent.getClassSchema(), expected);
        if (root.equals("Alert")) {
            records(Incident.getClassSchema(), expected);
            expected.remove("Copy");
        }

        // When
        Map<String, List<String>> documented = new TreeMap<>();
        CONTRACT.section(section).rows().stream()
                .filter(row -> row.get(0).startsWith("`"))
                .forEach(row -> documented.put(
                        MarkdownPage.coded(row.get(0)).get(0), MarkdownPage.coded(row.get(row.size() - 2))));

        // Then
        assertThat(documented).isEqualTo(expected);
    }

    @Test
    void the_formats_of_scan_and_the_deliveries_of_a_scenario_are_there() {
        // Given
        String scan = CONTRACT.section("## 2. Commands").text();
        String scenario = CONTRACT.section("## 8. Scenario file").text();

        // When
        List<String> formats =
                Stream.of(OutputFormat.values()).map(OutputFormat::label).toList();
        List<String> deliveries =
                Stream.of(Delivery.values()).map(Delivery::label).toList();

        // Then
        assertThat(MarkdownPage.coded(scan.substring(scan.indexOf("`--format` is"))))
                .containsAll(formats);
        assertThat(scenario).contains("delivery: [" + String.join(", ", deliveries) + "]");
    }

    @Test
    void its_policy_is_read_and_has_every_section() {
        // Given
        String policy = CONTRACT.section("## 6. Policy file").block();

        // When
        Policy read = PolicyFile.read("contract", policy, Catalogue.shipped().parameters());

        // Then
        assertThat(read.exceptions()).hasSize(1);
        assertThat(keys(policy)).isEqualTo(keys(printed("policy", "print")));
    }

    @Test
    void its_permission_sets_are_the_shipped_ones() {
        // Given
        String text = CONTRACT.section("## 6. Policy file").text();

        // When
        List<String> documented =
                MarkdownPage.coded(text.substring(text.indexOf("Permission sets:"), text.lastIndexOf("`run`")));

        // Then
        assertThat(documented).containsExactlyInAnyOrderElementsOf(shippedSets());
    }

    @Test
    void its_configuration_is_read_and_has_every_key() {
        // Given
        String configuration = CONTRACT.section("## 7. Configuration file").block();

        // When
        var read = ConfigFile.read("contract", configuration, Map.of());

        // Then
        assertThat(read.detector()).isEqualTo(ConfigFile.read(Map.of()).detector());
        assertThat(keys(configuration)).isEqualTo(keys(printed("config", "print")));
    }

    @Test
    void its_scenario_is_read() {
        // Given
        String scenario = CONTRACT.section("## 8. Scenario file").block();

        // When
        Scenario read = ScenarioFile.read(
                "contract",
                scenario,
                path -> "{\"operationName\":\"any\"}".getBytes(StandardCharsets.UTF_8),
                Catalogue.shipped());

        // Then
        assertThat(read.cases()).hasSize(1);
        assertThat(read.cases().get(0).events()).hasSizeGreaterThan(2);
    }

    @Test
    void it_lists_every_verb_of_scenarios() {
        // When
        String section = CONTRACT.section("## 8. Scenario file").text();

        // Then
        assertThat(Verbs.all()).allSatisfy(verb -> assertThat(section).contains("`" + verb.name() + "`"));
    }

    private static String command(List<String> row) {
        return MarkdownPage.coded(row.get(0)).stream()
                .takeWhile(word -> word.equals(word.toLowerCase(java.util.Locale.ROOT)) && !word.startsWith("["))
                .collect(Collectors.joining(" "));
    }

    private static void commands(String prefix, CommandLine line, Map<String, Set<String>> found) {
        line.getSubcommands().forEach((name, command) -> {
            String path = prefix.isEmpty() ? name : prefix + " " + name;
            if (command.getSubcommands().isEmpty()) {
                found.put(
                        path,
                        command.getCommandSpec().options().stream()
                                .map(OptionSpec::longestName)
                                .filter(option -> !SHARED.contains(option))
                                .collect(Collectors.toCollection(TreeSet::new)));
            } else {
                commands(path, command, found);
            }
        });
    }

    private static void records(Schema schema, Map<String, List<String>> found) {
        switch (schema.getType()) {
            case UNION -> schema.getTypes().forEach(branch -> records(branch, found));
            case ARRAY -> records(schema.getElementType(), found);
            case RECORD -> {
                List<String> names =
                        schema.getFields().stream().map(Schema.Field::name).toList();
                if (found.put(schema.getName(), names) == null) {
                    schema.getFields().forEach(field -> records(field.schema(), found));
                }
            }
            default -> {}
        }
    }

    /** The keys of a mapping without indentation. */
    private static Set<String> keys(String yaml) {
        return yaml.lines()
                .filter(line -> line.matches("[a-z-]+:.*"))
                .map(line -> line.substring(0, line.indexOf(':')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> shippedSets() {
        Map<String, Boolean> sets = new LinkedHashMap<>();
        boolean inside = false;
        for (String line : printed("policy", "print").split("\n", -1)) {
            if (!line.startsWith(" ")) {
                inside = line.startsWith("permission-sets:");
            } else if (inside && line.matches("  [a-z0-9-]+:.*")) {
                sets.put(line.strip().replaceAll(":.*", ""), true);
            }
        }
        return List.copyOf(sets.keySet());
    }

    private static String printed(String... command) {
        StringWriter out = new StringWriter();
        assertThat(TestConsole.run(out, new StringWriter(), Map.of(), "", command))
                .isEqualTo(ExitCode.DONE);
        return out.toString();
    }
}
