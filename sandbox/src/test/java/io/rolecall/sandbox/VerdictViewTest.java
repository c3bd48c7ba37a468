package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.sandbox.story.Story;
import io.rolecall.schema.Incident;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VerdictViewTest {

    private static final Story STORY = StoryIncidents.story();
    private static final List<Incident> INCIDENTS = StoryIncidents.all();

    private static VerdictView view(int width, List<Incident> incidents) {
        return new VerdictView(
                new TerminalStyle(width, false),
                STORY.truth(),
                IncidentsVerdict.of(STORY.scenes(), STORY.truth(), incidents));
    }

    @Test
    void each_attack_stands_with_its_incidents() {
        // When
        List<String> lines = view(200, INCIDENTS).attacks();

        // Then
        assertThat(lines)
                .containsSubsequence(
                        "  - an application planted with a phished administrator's account",
                        "    CRITICAL 100  Mail Archive Helper: New single-tenant application given Mail.ReadWrite,"
                                + " Directory.ReadWrite.All, Files.ReadWrite.All (and 11 more findings)",
                        "  - keys added to an application that was already trusted",
                        "    MEDIUM 49     elif.quist@contoso.com signed in from a new network and changed applications"
                                + " (about the person who did it)");
    }

    @Test
    void near_misses_are_counted_by_what_came_of_them() {
        // When
        List<String> lines = view(200, INCIDENTS).nearMisses();

        // Then
        assertThat(lines)
                .startsWith(
                        "",
                        "10 near misses: harmless acts that look like an attack",
                        "  - 3 made an informational alert alone, 2 nothing: of these 5 there is no incident",
                        "  - 5 made an incident, because their permissions are told whoever gives them: somebody has to"
                                + " look once",
                        "    HIGH 79       Expense Archive: Access to every mailbox granted: Mail.Read (and 4 more"
                                + " findings)")
                .hasSize(9);
    }

    @Test
    void what_is_wrong_is_listed() {
        // Given
        StoryVerdict alerts = new StoryVerdict(43, 42, List.of("missing: something"));

        // When
        List<String> lines = view(200, INCIDENTS.subList(1, INCIDENTS.size())).verdict(alerts);

        // Then
        assertThat(lines)
                .containsSubsequence("  2 of 3 attacks have an incident that stands", "  42 of 43 expected alerts");
        assertThat(lines)
                .contains("    missing: something")
                .anyMatch(line -> line.startsWith("    missing: the incident"));
    }

    @Test
    void no_line_is_longer_than_the_terminal_is_wide() {
        // Given
        VerdictView narrow = view(80, INCIDENTS);

        // When
        Stream<String> lines = Stream.of(
                        narrow.attacks(), narrow.nearMisses(), narrow.verdict(new StoryVerdict(43, 43, List.of())))
                .flatMap(List::stream);

        // Then
        assertThat(lines).hasSizeGreaterThan(20).allMatch(line -> line.length() <= 80);
    }
}
