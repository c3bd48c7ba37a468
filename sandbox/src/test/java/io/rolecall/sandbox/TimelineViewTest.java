package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Incident;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineViewTest {

    private static final String NAME = "Mail Archive Helper";

    private final Incident incident = StoryIncidents.named(NAME);

    private List<String> lines(int width, Incident... publications) {
        return new TimelineView(new TerminalStyle(width, false), incident, List.of(publications)).lines();
    }

    @Test
    void acts_are_told_in_order_with_who_did_them_from_where() {
        // When
        List<String> lines = lines(300);

        // Then
        assertThat(lines)
                .startsWith(
                        "",
                        "What happened: Mail Archive Helper",
                        "  App ID " + incident.getSubject().getId(),
                        "  incident " + incident.getIncidentId(),
                        " 7 Mar 06:10  diego.larsen@contoso.com registered the application 'Mail Archive Helper'"
                                + " (single tenant) from 192.0.2.201 (external)");
        assertThat(String.join("\n", lines))
                .containsSubsequence(
                        "16 Mar 07:20  diego.larsen@contoso.com granted",
                        "18 Mar 08:40  diego.larsen@contoso.com added the secret 'sync'",
                        "19 Mar 09:20  The application 'Mail Archive Helper' read",
                        "20 Mar 11:15  The application 'Mail Archive Helper' ran New-InboundConnector",
                        "20 Mar 11:25  The application 'Mail Archive Helper' sent 1 message");
    }

    @Test
    void what_goes_on_alike_is_told_once_and_counted() {
        // When
        List<String> lines = lines(300);

        // Then
        assertThat(lines).filteredOn(line -> line.contains("' read ")).hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.contains("more like that"))
                .containsExactly(
                        "19 Mar 09:30  ... and 13 more like that until then",
                        "20 Mar 11:28  ... and 6 more like that until then");
    }

    @Test
    void it_shows_when_people_were_told_the_first_time_and_the_last_time_between_two_acts() {
        // Given
        Incident first =
                StoryIncidents.named(NAME, alert -> alert.getDetection().equals("risky-permission-requested"));
        Incident all = Incident.newBuilder(incident).setRevision(3).build();
        Incident between = Incident.newBuilder(incident).setRevision(2).build();

        // When
        List<String> lines = lines(300, first, between, all);

        // Then
        assertThat(lines)
                .containsSubsequence(
                        "16 Mar 07:16  diego.larsen@contoso.com changed the application 'Mail Archive Helper', which now"
                                + " asks for Mail.ReadWrite from 192.0.2.201 (external)",
                        "              -> incident published: LOW " + first.getRiskScore() + ", 1 finding",
                        "20 Mar 11:28  ... and 6 more like that until then",
                        "              -> incident has grown: CRITICAL 100, 12 findings");
        assertThat(lines).filteredOn(line -> line.contains("->")).hasSize(2);
    }

    @Test
    void what_was_told_stays_in_order_when_the_latest_deciding_act_becomes_an_earlier_one() {
        // Given
        Incident first = Incident.newBuilder(incident).build();
        Incident earlier = Incident.newBuilder(incident)
                .setRevision(2)
                .setRiskScore(99)
                .setLastEventTime(incident.getLastEventTime().minusSeconds(86_400))
                .build();

        // When
        List<String> lines = lines(300, first, earlier);

        // Then
        assertThat(lines)
                .endsWith(
                        "              -> incident published: CRITICAL 100, 12 findings",
                        "              -> incident has grown: CRITICAL 99, 12 findings");
    }

    @Test
    void no_line_is_longer_than_the_terminal_is_wide() {
        assertThat(lines(80, incident)).hasSizeGreaterThan(20).allMatch(line -> line.length() <= 80);
    }
}
