package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Catalogue;
import io.rolecall.inprocess.Summary;
import io.rolecall.sandbox.story.ExpectedAlert;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import io.rolecall.schema.UseSummary;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The truth is written by the generator from its script; the detector must find it, and nothing else. */
class StoryTruthTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20_261_122})
    void the_story_raises_exactly_its_truth_and_nothing_else(long seed) {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withSeed(seed).withNoisePerDay(300));

        // When
        StoryVerdict verdict = StoryVerdict.of(story.truth(), StoryRun.of(story).alerts());

        // Then
        assertThat(verdict.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 42})
    void the_story_of_the_whole_catalogue_raises_exactly_its_truth(long seed) {
        // Given
        Story story = Story.generate(
                StoryOptions.defaults().withSeed(seed).withNoisePerDay(100).withAll(true));

        // When
        StoryVerdict verdict = StoryVerdict.of(story.truth(), StoryRun.of(story).alerts());

        // Then
        assertThat(verdict.problems()).isEmpty();
    }

    @Test
    void every_detection_fires_in_the_story_of_the_whole_catalogue() {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(0).withAll(true));

        // When
        List<String> expected =
                story.truth().stream().map(ExpectedAlert::detection).distinct().toList();

        // Then
        assertThat(expected)
                .containsExactlyInAnyOrderElementsOf(Catalogue.shipped().ids());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_story_raises_permissions_as_its_script_grants_them(boolean all) {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(50).withAll(all));

        // When
        List<Alert> alerts = StoryRun.of(story).alerts();

        // Then
        for (ExpectedAlert expected : story.truth()) {
            assertThat(alerts)
                    .filteredOn(alert -> alert.getAlertId().equals(expected.alertId()))
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.getPermissions())
                            .extracting(permission -> permission.getValue())
                            .containsAll(expected.permissions()));
        }
    }

    @Test
    void the_inbound_connector_stands_in_the_investigation_of_the_application_that_made_it() {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(50));
        String planted = story.truth().stream()
                .filter(expected -> expected.scene().equals("attack-planted-application"))
                .filter(expected -> expected.detection().equals("single-tenant-app-abuse"))
                .map(ExpectedAlert::alertId)
                .findFirst()
                .orElseThrow();

        // When
        List<Alert> alerts = StoryRun.of(story).alerts();

        // Then
        assertThat(alerts)
                .filteredOn(alert -> alert.getAlertId().equals(planted))
                .singleElement()
                .satisfies(alert -> {
                    UseSummary use =
                            alert.getInvestigation().orElseThrow().getUse().orElseThrow();
                    assertThat(use.getMailFlow()).containsExactly("New-InboundConnector");
                    assertThat(use.getNotCovered()).anyMatch(line -> line.startsWith("mail flow changed"));
                    assertThat(alert.getInvestigation()
                                    .orElseThrow()
                                    .getExposedUsers()
                                    .orElseThrow()
                                    .getEverybody())
                            .isTrue();
                });
    }

    @Test
    void every_element_of_the_story_is_accounted_for() {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(300));

        // When
        StoryRun run = StoryRun.of(story);

        // Then
        Summary summary = run.summary();
        assertThat(summary.in()).isEqualTo(story.events().count());
        assertThat(summary.decoded() + summary.duplicate() + summary.skipped() + summary.rejectedTotal())
                .isEqualTo(summary.in());
        assertThat(summary.rejectedTotal()).isZero();
    }

    static Comparator<Alert> byId() {
        return Comparator.comparing(Alert::getAlertId);
    }
}
