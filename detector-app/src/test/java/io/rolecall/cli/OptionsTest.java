package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is given is used, or refused. */
class OptionsTest {

    private static final Set<String> FILES = Set.of("--config", "--networks", "--policy");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void files_of_settings_are_taken_by_the_commands_that_use_them_alone() {
        // Given
        Map<String, Set<String>> taken = new TreeMap<>();

        // When
        collect(Main.commandLine(Console.ofProcess()), taken);

        // Then
        assertThat(taken)
                .containsOnly(
                        Map.entry("run", Set.of("--config", "--policy")),
                        Map.entry("scan", FILES),
                        Map.entry("explain", FILES),
                        Map.entry("audit", FILES),
                        Map.entry("replay", FILES),
                        Map.entry("decode", Set.of("--config")),
                        Map.entry("detections list", Set.of("--policy")),
                        Map.entry("detections show", Set.of("--policy")),
                        Map.entry("detections test", Set.of("--config")),
                        Map.entry("policy print", Set.of("--policy")),
                        Map.entry("policy diff", Set.of("--config", "--networks")),
                        Map.entry("policy validate", Set.of("--policy")),
                        Map.entry("networks import", Set.of("--config")),
                        Map.entry("networks list", Set.of("--config")),
                        Map.entry("networks remove", Set.of("--config")),
                        Map.entry("inventory import", Set.of("--config")),
                        Map.entry("topics print", Set.of("--config")),
                        Map.entry("topics create", Set.of("--config")),
                        Map.entry("config print", Set.of("--config")));
    }

    @ParameterizedTest
    @CsvSource({
        "decode a.json --policy p.yaml, --policy",
        "decode a.json --networks=n.csv, --networks",
        "config print --policy p.yaml, --policy",
        "detections list --config c.yaml, --config",
        "--config c.yaml scan a.json, --config"
    })
    void an_option_on_a_command_that_does_not_use_it_is_wrong_usage(String line, String option) {
        // When
        int code = run(line.split(" "));

        // Then
        assertThat(code).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString())
                .contains("does not use " + option + "; it stands behind a command that does: ")
                .contains("scan");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void networks_for_the_service_are_imported_and_not_named() {
        // When
        int code = run("run", "--networks", "networks.csv");

        // Then
        assertThat(code).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).contains("'rolecall networks import FILE' writes them there");
    }

    @ParameterizedTest
    @CsvSource({
        "--networks NETWORKS, --networks",
        "--policy POLICY, --policy",
        "--date-order day-first, --date-order",
        "--service http://127.0.0.1:1 --config CONFIG, --config",
        "--service http://127.0.0.1:1 LOG, FILE"
    })
    void explain_refuses_what_the_running_service_or_the_files_leave_unused(String given, String named)
            throws IOException {
        // Given
        String arguments = given.replace(
                        "NETWORKS", file("n.csv", "cidr,label\n").toString())
                .replace("POLICY", file("p.yaml", "").toString())
                .replace("CONFIG", file("c.yaml", "").toString())
                .replace("LOG", file("a.json", "").toString());

        // When
        int code = run(("explain --app x " + arguments).split(" "));

        // Then
        assertThat(code).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).contains(named).contains("explain --help");
    }

    @Test
    void a_policy_is_named_once() throws IOException {
        // Given
        String policy = file("p.yaml", "").toString();

        for (String command : new String[] {"print", "validate"}) {
            // When
            int twice = run("policy", command, policy, "--policy", policy);
            int once = run("policy", command, policy);

            // Then
            assertThat(twice).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(err.toString()).contains("give one of them");
            assertThat(once).isZero();
        }
    }

    @Test
    void a_policy_is_checked_whatever_the_configuration_of_the_environment() {
        // Given
        Map<String, String> environment = Map.of("ROLECALL_LATENESS", "soon");

        // When
        int code = TestConsole.run(out, err, environment, "", "policy", "validate");

        // Then
        assertThat(code).isZero();
    }

    @Test
    void brokers_that_are_configured_beside_a_local_one_are_said_to_be_unused() throws IOException {
        // Given
        Path config = file("c.yaml", "kafka: { bootstrap.servers: 'broker:9092' }\n");

        // When
        run("run", "--embedded", "--config", config.toString());

        // Then
        assertThat(err.toString()).contains("warning: kafka.bootstrap.servers is not used: --embedded");
    }

    private static void collect(CommandLine line, Map<String, Set<String>> taken) {
        for (CommandLine sub : line.getSubcommands().values()) {
            Set<String> options = new TreeSet<>();
            FILES.stream()
                    .filter(name -> sub.getCommandSpec().findOption(name) != null)
                    .forEach(options::add);
            if (!options.isEmpty()) {
                taken.put(sub.getCommandSpec().qualifiedName().substring("rolecall ".length()), options);
            }
            collect(sub, taken);
        }
    }

    private int run(String... arguments) {
        return TestConsole.run(out, err, Map.of(), "", arguments);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
