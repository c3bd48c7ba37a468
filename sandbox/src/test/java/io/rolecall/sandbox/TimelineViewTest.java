package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineViewTest {

    @Test
    void the_use_of_mail_is_told_once_a_kind_and_by_the_name_of_the_application() {
        // Given
        Story story = Story.generate(
                StoryOptions.defaults().withNoisePerDay(0), scene -> scene.equals("attack-planted-application"));
        List<List<Alert>> alerts =
                StoryRun.of(story).alerts().stream().map(List::of).toList();

        // When
        List<String> lines = TimelineView.ofTheWorst(alerts, new TerminalStyle(300, false))
                .orElseThrow()
                .lines();

        // Then
        assertThat(lines)
                .filteredOn(line -> line.contains("read mail"))
                .singleElement()
                .asString()
                .contains("Mail Archive Helper read");
        assertThat(lines)
                .filteredOn(line -> line.contains("sent mail"))
                .singleElement()
                .asString()
                .contains("Mail Archive Helper sent");
        assertThat(lines)
                .anyMatch(line -> line.contains("used") && line.contains("70 sent in 14 mailboxes"))
                .anyMatch(line -> line.contains("Mail Archive Helper ran New-InboundConnector"));
    }
}
