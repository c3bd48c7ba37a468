package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Incident;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncidentLinesTest {

    private static final String PLANTED = "Mail Archive Helper";
    private static final String PERSON = "elif.quist@contoso.com";

    private final IncidentLines plain = new IncidentLines(new TerminalStyle(80, false));
    private final IncidentLines wide = new IncidentLines(new TerminalStyle(2_000, false));
    private final Incident incident = StoryIncidents.named(PLANTED);

    @Test
    void a_new_incident_says_how_bad_it_is_and_tells_itself_in_its_own_words() {
        // When
        List<String> lines = wide.of(incident, Optional.empty());

        // Then
        assertThat(lines)
                .containsExactly(
                        "",
                        "20 Mar  CRITICAL 100  Mail Archive Helper: a new incident",
                        "        New single-tenant application given Mail.ReadWrite, Directory.ReadWrite.All,"
                                + " Files.ReadWrite.All (and 11 more findings)",
                        "        " + incident.getSummary());
    }

    @Test
    void another_publication_says_what_was_added_by_the_titles_of_what_was_found() {
        // Given
        Incident before =
                StoryIncidents.named(PLANTED, alert -> !alert.getDetection().equals("mailbox-use-after-grant"));
        Incident after = published(
                incident,
                "severity high -> critical; 1 detection added: mailbox-use-after-grant;"
                        + " 1 permission added: Mail.ReadWrite; first use seen");

        // When
        List<String> lines = wide.of(after, Optional.of(before));

        // Then
        assertThat(lines)
                .containsExactly(
                        "",
                        "20 Mar  CRITICAL 100  Mail Archive Helper: the incident grows",
                        "        + severity high -> critical",
                        "        + Mailboxes used within 7 days of risky access",
                        "        + Many mailboxes used within minutes",
                        "        + Much mail sent within 60 minutes",
                        "        + 1 permission added: Mail.ReadWrite",
                        "        + first use seen");
    }

    @Test
    void findings_of_one_title_are_counted() {
        // Given
        Incident wave = StoryIncidents.named("Document Viewer Pro");
        Incident before = StoryIncidents.named(
                "Document Viewer Pro", alert -> !alert.getDetection().equals("illicit-consent"));

        // When
        List<String> lines = wide.of(published(wave, "1 detection added: illicit-consent"), Optional.of(before));

        // Then
        assertThat(lines.get(2)).startsWith("        + User consented to").endsWith("with offline_access (6 times)");
        assertThat(lines).hasSize(3);
    }

    @Test
    void findings_that_the_summary_of_the_change_leaves_out_are_told_too() {
        // Given
        Incident before =
                StoryIncidents.named(PLANTED, alert -> !alert.getTitle().startsWith("Much mail sent"));

        // When
        List<String> lines = wide.of(published(incident, "first use seen"), Optional.of(before));

        // Then
        assertThat(lines.subList(2, lines.size()))
                .containsExactly("        + first use seen", "        + Much mail sent within 60 minutes");
    }

    @Test
    void a_closed_incident_says_why_and_tells_all_again_when_it_opens() {
        // Given
        Incident closed = Incident.newBuilder(published(incident, "status open -> closed (withdrawn)"))
                .setStatus("closed")
                .setClosedBecause("withdrawn")
                .build();

        // When
        List<String> closing = wide.of(closed, Optional.of(incident));
        List<String> again = wide.of(published(incident, "reopened"), Optional.of(closed));

        // Then
        assertThat(closing)
                .containsExactly(
                        "",
                        "20 Mar  CRITICAL 100  Mail Archive Helper: closed, withdrawn",
                        "        + status open -> closed (withdrawn)");
        assertThat(again.get(1)).endsWith("Mail Archive Helper: opened again");
        assertThat(again).anyMatch(line -> line.endsWith(incident.getSummary()));
    }

    @Test
    void a_person_goes_by_their_name() {
        // When
        List<String> lines = wide.of(StoryIncidents.named(PERSON), Optional.empty());

        // Then
        assertThat(lines.get(1)).isEqualTo("23 Mar  MEDIUM 49     " + PERSON + ": a new incident");
    }

    @Test
    void no_line_is_longer_than_the_terminal_is_wide() {
        // When
        List<String> lines = StoryIncidents.all().stream()
                .flatMap(it -> plain.of(it, Optional.empty()).stream())
                .toList();

        // Then
        assertThat(lines).hasSizeGreaterThan(50).allMatch(line -> line.length() <= 80);
    }

    @Test
    void colours_are_there_only_when_wanted() {
        // Given
        IncidentLines colored = new IncidentLines(new TerminalStyle(80, true));

        // When
        List<String> lines = colored.of(incident, Optional.empty());

        // Then
        assertThat(lines.get(1)).contains("\u001b[1;37;41mCRITICAL 100\u001b[0m");
        assertThat(plain.of(incident, Optional.empty())).noneMatch(line -> line.contains("\u001b"));
    }

    private static Incident published(Incident incident, String changes) {
        return Incident.newBuilder(incident)
                .setRevision(2)
                .setChangeSummary(changes)
                .build();
    }
}
