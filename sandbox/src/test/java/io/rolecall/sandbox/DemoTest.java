package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.alert.AlertRevisions;
import io.rolecall.cli.Console;
import io.rolecall.cli.ExitCode;
import io.rolecall.cli.Main;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
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
        int exitCode = command.run(settings());

        // Then
        assertThat(exitCode).as("%s%s", out, err).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains("CRITICAL       New single-tenant application given Mail.ReadWrite")
                .contains("Several users were asked for consent within 24 hours: Document Viewer Pro")
                .contains("Secret 'temp' added to an application that can use Mail.Read: Contract Archive")
                .contains("What happened: Mail Archive Helper")
                .contains(
                        "43 of 43 expected alerts, and no other: 1 critical, 21 high, 3 medium, 12 low, 6 informational")
                .contains("./rolecall scan EXPORTS/ --networks networks.csv")
                .doesNotContain("\u001b");
        assertThat(out.toString())
                .containsSubsequence("registered", "granted", "consented", "credential", "signed in", "used");
        assertThat(err.toString()).contains("detector  running, exactly-once").doesNotContain(" ERROR ", " WARN ");
        assertThat(directory).isEmptyDirectory();
        assertThat(lastingThreads()).isSubsetOf(before);
        assertThat(isFree(brokerPort())).isTrue();
    }

    @Test
    void its_alerts_are_those_of_a_scan_in_every_field() throws IOException, InterruptedException {
        // Given
        List<Alert> expected = StoryRun.of(Story.generate(STORY)).alerts();

        // When
        DemoResult result =
                new Demo(settings(), new DemoScreen(console()), new TerminalStyle(100, false), Clock.systemUTC()).run();

        // Then
        assertThat(result.verdict().problems()).isEmpty();
        List<Alert> alerts = result.alerts().stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .toList();
        assertThat(alerts)
                .usingElementComparator((a, b) -> AlertRevisions.sameContent(a, b) ? 0 : 1)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private DemoSettings settings() {
        return new DemoSettings(STORY, Duration.ofMillis(4), Duration.ofMillis(40), Optional.of(directory), false);
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
