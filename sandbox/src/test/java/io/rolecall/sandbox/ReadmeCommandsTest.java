package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.cli.Console;
import io.rolecall.cli.Main;
import io.rolecall.registry.RegistryProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of the front page is typed here as it stands there, but for addresses and ports. Those that need Docker, Maven or tools of
 * others, and those with a word to be replaced, are named below and looked at for their arguments only.
 */
class ReadmeCommandsTest {

    private static final String AUDIT = "story/entra-audit.diagnostic.ndjson";
    private static final String DEMO = "./rolecall demo";
    private static final String STORY = "./rolecall story --out story";
    private static final String SCAN_STORY = "./rolecall scan story --networks story/networks.csv";
    private static final String SCAN = "./rolecall scan exports/ --networks networks.csv";
    private static final String SCAN_POLICY =
            "./rolecall scan exports/ --networks networks.csv --policy policy.yaml --output alerts.ndjson";
    private static final String SCAN_SMALL = "JAVA_OPTS=-Xmx512m ./rolecall scan big.ndjson.gz";
    private static final String EMBEDDED = "./rolecall run --embedded";
    private static final String TOPICS = "./rolecall topics create --config rolecall.yaml";
    private static final String NETWORKS = "./rolecall networks import --config rolecall.yaml networks.csv";
    private static final String RUN = "./rolecall run --config rolecall.yaml";
    private static final String EXPLAIN = "./rolecall explain --app \"Mail Archive Helper\"";
    private static final String READY = "curl http://127.0.0.1:8080/readyz";
    private static final String PRODUCE =
            "kafka-console-producer.sh --bootstrap-server localhost:9092 --topic entra.audit-logs < export.ndjson";

    private static final List<String> RUN_HERE = List.of(
            DEMO,
            SCAN,
            STORY,
            SCAN_STORY,
            EMBEDDED,
            TOPICS,
            NETWORKS,
            RUN,
            PRODUCE,
            EXPLAIN,
            READY,
            SCAN_POLICY,
            SCAN_SMALL);

    private static final List<String> ARGUMENTS_ONLY = List.of(
            // Maven is what runs these tests.
            "mvn -Pdist",
            "mvn verify",
            "mvn -Pquick test",
            "mvn -Pimage -pl detector-app -am package -DskipTests",
            // Kafka's own.
            "kafka-console-consumer.sh --bootstrap-server localhost:9092 --topic rolecall.alerts.ocsf --from-beginning"
                    + " --isolation-level read_committed",
            // Words to be replaced.
            "./rolecall detections show ID",
            "./rolecall replay --from T --to T");

    /** How much of an incident its first publication holds depends on the speed of the machine; that it is told does not. */
    private static final Pattern TOLD = Pattern.compile("(?<=\\d {2})[A-Z].*: (a new incident|the incident grows)$");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @Test
    void every_command_is_run_here_or_named_as_one_of_others() {
        // Given
        ReadmeCommands page = ReadmeCommands.ofProject();

        // When
        List<String> commands = page.all();

        // Then
        assertThat(commands)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(RUN_HERE.stream(), ARGUMENTS_ONLY.stream())
                        .toList());
    }

    @Test
    void commands_are_found_in_blocks_and_in_running_text() {
        // Given
        String page = """
                Type `./rolecall demo`, or `mvn verify`; `./rolecall` alone is none.

                    $ ./rolecall story --out story    # a remark
                    60 records
                    ...
                    JAVA_OPTS=-Xmx1g ./rolecall scan \\
                        story
                """;

        // When
        ReadmeCommands commands = ReadmeCommands.of(page);

        // Then
        assertThat(commands.all())
                .containsExactly(
                        "./rolecall demo",
                        "mvn verify",
                        "./rolecall story --out story",
                        "JAVA_OPTS=-Xmx1g ./rolecall scan story");
        assertThat(commands.printedBy("./rolecall story --out story").get(0)).isEqualTo("60 records");
    }

    @Test
    void the_demo_ends_by_itself_as_the_page_shows() throws Exception {
        // Given
        Shell shell = new Shell(folder);
        List<String> shown = ReadmeCommands.ofProject().block("Rolecall demo:");

        // When
        Shell.Result demo = shell.run(DEMO);

        // Then
        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output().lines())
                .contains(shown.get(0))
                .containsAll(shown.subList(shown.size() - 2, shown.size()));
        List<String> told = shown.stream()
                .map(TOLD::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .toList();
        assertThat(told).hasSize(2).allSatisfy(line -> assertThat(demo.output()).contains(line));
    }

    @Test
    void the_commands_over_files_print_what_the_page_shows() throws Exception {
        // Given
        Shell shell = new Shell(folder);
        ReadmeCommands page = ReadmeCommands.ofProject();
        Files.writeString(folder.resolve("policy.yaml"), "output: { minimum-severity: low }\n");

        // When
        Shell.Result story = shell.run(STORY);
        shell.with("JAVA_OPTS", "-Drolecall.terminal.stdout=true").with("NO_COLOR", "1");
        Shell.Result scan = shell.run(SCAN_STORY);
        shell.with("JAVA_OPTS", "");
        Files.createDirectory(folder.resolve("exports"));
        Files.copy(folder.resolve(AUDIT), folder.resolve("exports/audit.ndjson"));
        Files.copy(folder.resolve("story/networks.csv"), folder.resolve("networks.csv"));
        Shell.Result exports = shell.run(SCAN);
        Shell.Result toFile = shell.run(SCAN_POLICY);
        pack(AUDIT, "big.ndjson.gz");
        Shell.Result small = shell.run(SCAN_SMALL);

        // Then
        assertThat(List.of(story, scan, exports, toFile, small))
                .allSatisfy(result ->
                        assertThat(result.exitCode()).as(result.output()).isZero());
        assertThat(story.output().lines()).containsAll(page.printedBy(STORY));
        assertThat(scan.output().lines()).containsAll(page.printedBy(SCAN_STORY));
        assertThat(scan.output().lines()).containsAll(page.block("CRITICAL"));
        assertThat(Files.readAllLines(folder.resolve("alerts.ndjson")))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(exports.output()).contains(alert.substring(0, 60)));
    }

    @Test
    void the_commands_on_kafka_lead_from_nothing_to_an_explained_application() throws Exception {
        // Given
        int port = ServiceProcess.freePort();
        try (RegistryProcess registry = RegistryProcess.start()) {
            Shell shell = new Shell(folder).with("ROLECALL_HTTP_PORT", String.valueOf(port));
            String configuration = String.join("\n", ReadmeCommands.ofProject().block("kafka: {"))
                    .replace("localhost:9092", BROKER.bootstrapServers())
                    .replace("http://localhost:8081/apis/ccompat/v7", registry.url())
                    .replace("8082", String.valueOf(ServiceProcess.freePort()));
            Files.writeString(folder.resolve("rolecall.yaml"), configuration + "\nstate-dir: state\n");
            Files.writeString(
                    folder.resolve("networks.csv"),
                    String.join("\n", ReadmeCommands.ofProject().block("cidr,label")));
            shell.run(STORY);
            Files.copy(folder.resolve(AUDIT), folder.resolve("export.ndjson"));

            // When
            Shell.Result topics = shell.run(TOPICS);
            Shell.Result networks = shell.run(NETWORKS);
            try (Shell.Running service = shell.start("exec " + RUN)) {
                awaitReady(service);
                Shell.Result produced = shell.run(PRODUCE.replace("localhost:9092", BROKER.bootstrapServers()));

                // Then
                assertThat(List.of(topics, networks, produced)).allSatisfy(result -> assertThat(result.exitCode())
                        .as(result.output())
                        .isZero());
                await().atMost(PATIENCE).until(() -> shell.run(EXPLAIN).exitCode() == 0);
                assertThat(shell.run(EXPLAIN).output()).contains("Mail Archive Helper", "single-tenant-app-abuse");
                assertThat(get(READY.replace("8080", String.valueOf(port))).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void an_empty_broker_ends_its_start_with_the_command_that_brings_a_first_record() throws Exception {
        // Given
        int port = ServiceProcess.freePort();
        Shell shell = new Shell(folder).with("ROLECALL_HTTP_PORT", String.valueOf(port));
        try (Shell.Running service = shell.start("exec " + EMBEDDED)) {
            awaitReady(service);
            // Tasks may still move to its other threads, which then say so behind the line.
            String output = service.output();
            Matcher command = Pattern.compile("; a first record: ([^\"]+<[^\"]+\\.ndjson)")
                    .matcher(output);
            assertThat(command.find()).as(output).isTrue();

            // When
            Shell.Result produced = shell.run(command.group(1));

            // Then
            assertThat(produced.exitCode()).as(produced.output()).isZero();
            await().atMost(PATIENCE).until(() -> get("curl http://127.0.0.1:" + port + "/metrics")
                    .body()
                    .lines()
                    .anyMatch(ReadmeCommandsTest::countsAnEvent));
        }
    }

    private static boolean countsAnEvent(String metric) {
        return metric.startsWith("rolecall_elements_total{")
                && metric.contains("outcome=\"fact\"")
                && metric.contains("topic=\"entra.audit-logs\"")
                && !metric.endsWith("} 0.0");
    }

    @Test
    void commands_of_others_name_what_is_there() throws IOException {
        // Given
        String poms = Files.readString(Path.of("../pom.xml")) + Files.readString(Path.of("pom.xml"));
        Set<String> options = Set.of("--bootstrap-server", "--topic", "--from-beginning", "--isolation-level");
        Map<String, String> replaced = Map.of(" ID", " illicit-consent", " T", " 2026-01-01T00:00:00Z");

        // When
        List<String> words = ARGUMENTS_ONLY.stream()
                .flatMap(command -> Stream.of(command.split(" ")))
                .toList();

        // Then
        assertThat(words).filteredOn(word -> word.startsWith("-P")).isNotEmpty().allSatisfy(word -> assertThat(poms)
                .contains("<id>" + word.substring(2) + "</id>"));
        assertThat(ARGUMENTS_ONLY)
                .filteredOn(command -> command.startsWith("kafka-"))
                .allSatisfy(command -> assertThat(Stream.of(command.split(" ")).filter(word -> word.startsWith("--")))
                        .isSubsetOf(options));
        assertThat(ARGUMENTS_ONLY)
                .filteredOn(command -> command.startsWith("./rolecall"))
                .hasSize(2)
                .allSatisfy(command -> {
                    String given = command;
                    for (Map.Entry<String, String> word : replaced.entrySet()) {
                        given = given.replaceAll(word.getKey() + "\\b", word.getValue());
                    }
                    String[] arguments = given.substring("./rolecall ".length()).split(" ");
                    assertThat(Main.commandLine(console()).parseArgs(arguments).errors())
                            .isEmpty();
                });
    }

    private static Console console() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new Console(
                nowhere, nowhere, InputStream.nullInputStream(), false, false, 100, Map.of(), Clock.systemUTC());
    }

    private static void awaitReady(Shell.Running service) {
        await().atMost(PATIENCE).until(() -> {
            assertThat(service.process().isAlive()).as(service.output()).isTrue();
            return service.output().contains("Ready, and reading");
        });
    }

    private static HttpResponse<String> get(String curl) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(curl.substring("curl ".length())))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void pack(String from, String to) throws IOException {
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(folder.resolve(to)))) {
            Files.copy(folder.resolve(from), packed);
        }
    }
}
