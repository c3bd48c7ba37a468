package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.cli.Console;
import io.rolecall.cli.Main;
import io.rolecall.schema.Incident;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoTextTest {

    private final TerminalStyle narrow = new TerminalStyle(80, false);
    private final DemoText text = new DemoText(narrow);
    private final Incident incident = StoryIncidents.named("Mail Archive Helper");

    @Test
    void it_begins_with_what_there_is_to_see() {
        assertThat(text.welcome(DemoSettings.of(1, false, false)))
                .containsExactly("Rolecall demo: 30 days of a small tenant, with 3 attacks and 10 near misses.");
    }

    @Test
    void the_commands_to_go_on_with_can_be_typed() {
        // Given
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Console console = new Console(
                nowhere, nowhere, InputStream.nullInputStream(), false, false, 80, Map.of(), Clock.systemUTC());

        // When
        List<String> commands = String.join("\n", text.next(incident))
                .replaceAll("\\\\\n\\s+", "")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("./rolecall "))
                .toList();

        // Then
        assertThat(commands)
                .hasSize(5)
                .anyMatch(line -> line.contains("--format incidents"))
                .anyMatch(line -> line.startsWith(
                        "./rolecall explain --app " + incident.getSubject().getId()))
                .allSatisfy(command -> {
                    String[] arguments =
                            command.substring("./rolecall ".length()).split(" ");
                    assertThat(Main.commandLine(console).parseArgs(arguments).errors())
                            .isEmpty();
                });
    }

    @Test
    void first_steps_are_those_of_the_incident_numbered() {
        // When
        List<String> lines = new FirstSteps(new TerminalStyle(300, false)).of(incident);

        // Then
        assertThat(lines)
                .containsSubsequence(
                        "Check first",
                        "  1. " + incident.getCheckFirst().get(0),
                        "Do this",
                        "  1. Disable sign-in of the service principal ("
                                + incident.getApplication()
                                        .orElseThrow()
                                        .getServicePrincipalId()
                                        .orElseThrow() + ")");
    }

    @Test
    void of_many_steps_the_first_are_told_and_how_many_there_are() {
        // Given
        Incident wave = StoryIncidents.named("Document Viewer Pro");

        // When
        List<String> lines = new FirstSteps(narrow).of(wave);

        // Then
        assertThat(lines).last().isEqualTo("     and " + (wave.getContainment().size() - 5) + " more");
    }

    @Test
    void no_line_is_longer_than_the_terminal_is_wide() {
        assertThat(Stream.of(
                                text.welcome(DemoSettings.of(1, true, true)),
                                text.diagram(true),
                                text.diagram(false),
                                text.next(incident),
                                text.running("127.0.0.1:65535", 65_535),
                                new FirstSteps(narrow).of(incident))
                        .flatMap(List::stream))
                .hasSizeGreaterThan(40)
                .allMatch(line -> line.length() <= 80);
    }
}
