package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.sandbox.story.ExpectedAlert;
import io.rolecall.sandbox.story.Story;
import io.rolecall.schema.Incident;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentsVerdictTest {

    private static final Story STORY = StoryIncidents.story();
    private static final List<Incident> INCIDENTS = StoryIncidents.all();

    private static IncidentsVerdict verdict(List<Incident> incidents) {
        return IncidentsVerdict.of(STORY.scenes(), STORY.truth(), incidents);
    }

    private static List<Incident> changed(String name, Incident.Builder builder) {
        List<Incident> incidents = new ArrayList<>(INCIDENTS);
        incidents.removeIf(incident -> IncidentLines.name(incident).equals(name));
        incidents.add(builder.build());
        return incidents;
    }

    @Test
    void each_attack_is_told_by_the_incident_of_its_application() {
        // When
        IncidentsVerdict verdict = verdict(INCIDENTS);

        // Then
        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.attacksFound()).isEqualTo(3);
        assertThat(verdict.scenes(true))
                .extracting(scene -> IncidentLines.name(scene.getValue().get(0)))
                .containsExactly("Mail Archive Helper", "Document Viewer Pro", "Contract Archive");
    }

    @Test
    void of_the_near_misses_half_make_no_incident() {
        // When
        IncidentsVerdict verdict = verdict(INCIDENTS);

        // Then
        assertThat(verdict.scenes(false)).hasSize(10);
        assertThat(verdict.scenes(false))
                .filteredOn(scene -> scene.getValue().isEmpty())
                .hasSize(5);
    }

    @Test
    void an_attack_whose_incident_was_closed_is_missing() {
        // Given
        Incident closed = StoryIncidents.named("Contract Archive");

        // When
        IncidentsVerdict verdict = verdict(changed(
                "Contract Archive",
                Incident.newBuilder(closed).setStatus("closed").setClosedBecause("withdrawn")));

        // Then
        assertThat(verdict.isRight()).isFalse();
        assertThat(verdict.attacksFound()).isEqualTo(2);
        assertThat(verdict.problems())
                .containsExactly(
                        "missing: the incident of " + closed.getSubject().getId() + " (attack-added-credential)");
    }

    @Test
    void an_attack_that_is_told_as_less_than_it_is_differs() {
        // Given
        Incident less = StoryIncidents.named("Mail Archive Helper");

        // When
        IncidentsVerdict verdict =
                verdict(changed("Mail Archive Helper", Incident.newBuilder(less).setSeverity("high")));

        // Then
        assertThat(verdict.problems())
                .singleElement()
                .asString()
                .startsWith("different: ")
                .endsWith("has severity high instead of critical");
    }

    @Test
    void an_incident_of_which_the_story_says_nothing_is_unexpected() {
        // Given
        List<ExpectedAlert> truth = STORY.truth().stream()
                .filter(alert -> !alert.scene().equals("near-miss-new-branch-grant"))
                .toList();

        // When
        IncidentsVerdict verdict = IncidentsVerdict.of(STORY.scenes(), truth, INCIDENTS);

        // Then
        assertThat(verdict.problems()).singleElement().asString().startsWith("unexpected: an incident of ");
    }

    @Test
    void incidents_of_the_attacks_are_told_from_those_of_near_misses() {
        assertThat(INCIDENTS.stream()
                        .filter(IncidentsVerdict.tellsOfAnAttack(STORY.truth()))
                        .map(IncidentLines::name))
                .containsExactly(
                        "Mail Archive Helper", "Contract Archive", "Document Viewer Pro", "elif.quist@contoso.com");
    }
}
