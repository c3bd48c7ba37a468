package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.alert.AlertRevisions;
import io.rolecall.cli.Console;
import io.rolecall.cli.ExitCode;
import io.rolecall.cli.Main;
import io.rolecall.incident.AlertExtracts;
import io.rolecall.incident.Incidents;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoTest {

    private static final StoryOptions STORY = StoryOptions.defaults().withNoisePerDay(20);
    private static final Pattern BROKER = Pattern.compile("broker +127\\.0\\.0\\.1:(\\d+)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void it_shows_the_attacks_and_leaves_nothing_behind() throws IOException {
        // Given
        List<Thread> before = lastingThreads();
        CommandLine line = Main.commandLine(console());
        DemoCommand command =
                Objects.requireNonNull(line.getSubcommands().get("demo")).getCommand();

        // When
        int exitCode = command.run(settings(false));

        // Then
        assertThat(exitCode).as("%s%s", out, err).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains("Mail Archive Helper: a new incident", "Mail Archive Helper: the incident grows")
                .contains("Document Viewer Pro: a new incident")
                .contains("Contract Archive: a new incident", "Contract Archive: the incident grows")
                .contains("What happened: Mail Archive Helper")
                .contains("Check first", "Do this")
                .contains("3 of 3 attacks have an incident that stands")
                .contains("43 of 43 expected alerts, and no other")
                .contains("./rolecall scan EXPORTS/ --networks networks.csv --format incidents")
                .doesNotContain("Expense Archive: a new incident", " raised ", " revised ")
                .doesNotContain("\u001b");
        assertThat(out.toString())
                .containsSubsequence(
                        "registered the application", "granted the application permission", "read", "sent 1 message");
        assertThat(err.toString()).contains("detector  running, exactly-once").doesNotContain(" ERROR ", " WARN ");
        assertThat(directory).isEmptyDirectory();
        assertThat(lastingThreads()).isSubsetOf(before);
        assertThat(isFree(brokerPort())).isTrue();
    }

    @Test
    void its_alerts_and_incidents_are_those_of_a_scan() throws IOException, InterruptedException {
        // Given
        List<Alert> expected = StoryRun.of(Story.generate(STORY)).alerts();
        List<Incident> incidents =
                Incidents.of(expected.stream().map(AlertExtracts::of).toList());

        // When
        DemoResult result = new Demo(
                        settings(false), new DemoScreen(console()), new TerminalStyle(100, false), Clock.systemUTC())
                .run();

        // Then
        assertThat(result.verdict().problems()).isEmpty();
        assertThat(result.attacks().problems()).isEmpty();
        List<Alert> alerts = result.alerts().stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .toList();
        assertThat(alerts)
                .usingElementComparator((a, b) -> AlertRevisions.sameContent(a, b) ? 0 : 1)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(result.incidents())
                .extracting(Incident::getIncidentId)
                .containsExactlyInAnyOrderElementsOf(
                        incidents.stream().map(Incident::getIncidentId).toList());
        assertThat(result.incidents()).extracting(Incident::getStatus).containsOnly("open");
    }

    @Test
    void asked_to_say_more_it_shows_every_alert_beside_the_incidents() throws IOException, InterruptedException {
        // Given
        Demo demo =
                new Demo(settings(true), new DemoScreen(console()), new TerminalStyle(200, false), Clock.systemUTC());

        // When
        DemoResult result = demo.run();

        // Then
        assertThat(result.isRight()).isTrue();
        assertThat(out.toString())
                .contains("CRITICAL       New single-tenant application given Mail.ReadWrite")
                .contains("  raised         ", "  revised        ")
                .contains("Expense Archive: a new incident", "Mail Archive Helper: a new incident");
    }

    private DemoSettings settings(boolean verbose) {
        return new DemoSettings(
                STORY, Duration.ofMillis(100), Duration.ofMillis(100), Optional.of(directory), false, verbose);
    }

    private Console console() {
        return new Console(
                new PrintWriter(out),
                new PrintWriter(err),
                InputStream.nullInputStream(),
                false,
                false,
                200,
                Map.of(),
                Clock.systemUTC());
    }

    private int brokerPort() {
        Matcher matcher = BROKER.matcher(err.toString());
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        }
    }

    private static List<Thread> lastingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .toList();
    }
}
