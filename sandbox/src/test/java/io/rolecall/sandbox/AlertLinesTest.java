package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertLinesTest {

    private final AlertLines plain = new AlertLines(new TerminalStyle(200, false));
    private final Alert alert = planted();

    @Test
    void a_new_alert_says_what_and_how_bad_and_by_whom() {
        // When
        List<String> lines = plain.of(alert, Optional.empty());

        // Then
        assertThat(lines)
                .containsExactly(
                        "18 Mar 08:12  CRITICAL       New single-tenant application given Mail.ReadWrite,"
                                + " Directory.ReadWrite.All, Files.ReadWrite.All: Mail Archive Helper",
                        "              raised         diego.larsen@contoso.com granted from 192.0.2.201 (external)"
                                + " with powershell, and 2 more");
    }

    @Test
    void another_revision_says_what_changed_most_important_first() {
        // Given
        Alert revision = Alert.newBuilder(alert)
                .setRevision(2)
                .setChangeSummary("2 permissions added: Directory.ReadWrite.All, Files.ReadWrite.All;"
                        + " 2 deciding acts more; confidence low -> high; details updated")
                .build();

        // When
        List<String> lines = plain.of(revision, Optional.of(alert));

        // Then
        assertThat(lines)
                .containsExactly("18 Mar 08:12  revised        Mail Archive Helper, single-tenant-app-abuse:"
                        + " 2 permissions added: Directory.ReadWrite.All, Files.ReadWrite.All;"
                        + " 2 deciding acts more; and 2 more");
    }

    @Test
    void another_severity_is_shown_as_loud_as_a_new_alert() {
        // Given
        Alert before = Alert.newBuilder(alert).setSeverity("high").build();
        Alert revision = Alert.newBuilder(alert)
                .setChangeSummary("severity high -> critical")
                .build();

        // When
        List<String> lines = plain.of(revision, Optional.of(before));

        // Then
        assertThat(lines.get(0)).startsWith("18 Mar 08:12  CRITICAL       New single-tenant application");
        assertThat(lines.get(1)).isEqualTo("              revised        severity high -> critical");
    }

    @Test
    void a_contained_alert_says_so() {
        // Given
        Alert contained = Alert.newBuilder(alert)
                .setStatus("contained")
                .setChangeSummary("status open -> contained")
                .build();

        // When
        List<String> lines = plain.of(contained, Optional.of(alert));

        // Then
        assertThat(lines).singleElement().asString().contains("contained", "status open -> contained");
    }

    @Test
    void a_withdrawal_says_why_and_says_it_once() {
        // Given
        Alert withdrawn = Alert.newBuilder(alert)
                .setStatus("withdrawn")
                .setWithdrawnBecause("It was granted from the office.")
                .build();

        // When
        List<String> lines = plain.of(withdrawn, Optional.of(alert));

        // Then
        assertThat(lines)
                .containsExactly("18 Mar 08:12  withdrawn      Mail Archive Helper, single-tenant-app-abuse:"
                        + " It was granted from the office.");
        assertThat(plain.of(withdrawn, Optional.of(withdrawn))).isEmpty();
    }

    @Test
    void an_application_that_the_log_names_by_its_id_alone_goes_by_its_name() {
        // Given
        List<Alert> alerts = alerts("attack-planted-application");

        // When
        List<String> lines = alerts.stream()
                .filter(alert -> List.of("mailbox-use-after-grant", "mail-flow-tampering")
                        .contains(alert.getDetection()))
                .map(alert -> plain.of(alert, Optional.empty()).get(1))
                .toList();

        // Then
        assertThat(lines)
                .anyMatch(line -> line.contains("raised         Mail Archive Helper used mailbox from"))
                .anyMatch(line -> line.contains("raised         Mail Archive Helper changed mail flow from"))
                .noneMatch(line -> line.contains("unnamed"));
    }

    @Test
    void a_person_goes_by_their_name() {
        // Given
        Alert person = alerts("attack-added-credential").stream()
                .filter(alert -> alert.getDetection().equals("new-network-then-app-change"))
                .findFirst()
                .orElseThrow();
        Alert revision =
                Alert.newBuilder(person).setChangeSummary("details updated").build();

        // When
        List<String> lines = plain.of(revision, Optional.of(person));

        // Then
        assertThat(lines)
                .singleElement()
                .asString()
                .endsWith("elif.quist@contoso.com, new-network-then-app-change: details updated");
    }

    @Test
    void colours_are_there_only_when_wanted() {
        // Given
        AlertLines colored = new AlertLines(new TerminalStyle(200, true));

        // When
        String line = colored.of(alert, Optional.empty()).get(0);

        // Then
        assertThat(line).contains("\u001b[1;37;41mCRITICAL\u001b[0m");
        assertThat(plain.of(alert, Optional.empty()).get(0)).doesNotContain("\u001b");
    }

    private static List<Alert> alerts(String scene) {
        return StoryRun.of(Story.generate(StoryOptions.defaults().withNoisePerDay(0), scene::equals))
                .alerts();
    }

    private static Alert planted() {
        return alerts("attack-planted-application").stream()
                .filter(alert -> alert.getSeverity().equals("critical"))
                .findFirst()
                .orElseThrow();
    }
}
