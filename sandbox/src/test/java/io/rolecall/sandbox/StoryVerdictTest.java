package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.sandbox.story.ExpectedAlert;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StoryVerdictTest {

    private static final List<Alert> ALERTS = new ArrayList<>();
    private static final List<ExpectedAlert> TRUTH = new ArrayList<>();

    @BeforeAll
    static void play_a_scene() {
        Story story = Story.generate(
                StoryOptions.defaults().withNoisePerDay(0), scene -> scene.equals("attack-planted-application"));
        ALERTS.addAll(StoryRun.of(story).alerts());
        TRUTH.addAll(story.truth());
    }

    @Test
    void all_that_must_come_and_no_other_is_right() {
        // When
        StoryVerdict verdict = StoryVerdict.of(TRUTH, ALERTS);

        // Then
        assertThat(verdict).isEqualTo(new StoryVerdict(TRUTH.size(), TRUTH.size(), List.of()));
    }

    @Test
    void a_withdrawn_alert_is_missing() {
        // Given
        Alert withdrawn = Alert.newBuilder(ALERTS.get(0)).setStatus("withdrawn").build();
        List<Alert> alerts = new ArrayList<>(ALERTS);
        alerts.set(0, withdrawn);

        // When
        StoryVerdict verdict = StoryVerdict.of(TRUTH, alerts);

        // Then
        assertThat(verdict.isRight()).isFalse();
        assertThat(verdict.found()).isEqualTo(TRUTH.size() - 1);
        assertThat(verdict.problems())
                .singleElement()
                .asString()
                .startsWith("missing: " + withdrawn.getDetection())
                .contains(withdrawn.getAlertId());
    }

    @Test
    void an_alert_that_the_story_does_not_know_is_unexpected() {
        // When
        StoryVerdict verdict = StoryVerdict.of(TRUTH.subList(1, TRUTH.size()), ALERTS);

        // Then
        assertThat(verdict.problems()).singleElement().asString().startsWith("unexpected: ");
    }

    @Test
    void another_severity_is_different() {
        // Given
        List<Alert> alerts = new ArrayList<>(ALERTS);
        alerts.set(0, Alert.newBuilder(ALERTS.get(0)).setSeverity("low").build());

        // When
        StoryVerdict verdict = StoryVerdict.of(TRUTH, alerts);

        // Then
        assertThat(verdict.problems())
                .singleElement()
                .asString()
                .startsWith("different: ")
                .contains("open with severity low instead of open with");
    }
}
