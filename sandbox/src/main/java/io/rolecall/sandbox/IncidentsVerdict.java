package io.rolecall.sandbox;

import io.rolecall.policy.Severity;
import io.rolecall.sandbox.story.ExpectedAlert;
import io.rolecall.sandbox.story.Story;
import io.rolecall.schema.Incident;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How the incidents that were published compare with the scenes of the story: each subject of an alert above informational must have
 * one that stands, and nobody else.
 *
 * @param byScene the incidents that stand, by the scene of which they tell; every scene of the script, in its order
 * @param problems what differs, each a sentence; empty when nothing does
 */
record IncidentsVerdict(Map<String, List<Incident>> byScene, List<String> problems) {

    IncidentsVerdict {
        problems = List.copyOf(problems);
    }

    /**
     * Compares.
     *
     * @param scenes names of the scenes of the script
     * @param truth the alerts that must come
     * @param incidents the last publication of every incident
     */
    static IncidentsVerdict of(List<String> scenes, List<ExpectedAlert> truth, List<Incident> incidents) {
        Map<String, List<Incident>> byScene = new LinkedHashMap<>();
        scenes.forEach(scene -> byScene.put(scene, new ArrayList<>()));
        Map<String, Incident> standing = new LinkedHashMap<>();
        incidents.stream()
                .filter(incident -> !incident.getStatus().equals("closed"))
                .forEach(incident -> standing.put(incident.getSubject().getId(), incident));
        List<String> problems = new ArrayList<>();
        for (ExpectedAlert worst : worstOfEach(truth)) {
            Incident incident = standing.remove(worst.subject().id());
            String about = "the incident of " + worst.subject().id() + " (" + worst.scene() + ")";
            if (incident == null) {
                problems.add("missing: " + about);
                continue;
            }
            byScene.computeIfAbsent(worst.scene(), scene -> new ArrayList<>()).add(incident);
            if (Story.isAttack(worst.scene()) && severity(incident).compareTo(severity(worst)) < 0) {
                problems.add("different: " + about + " has severity " + incident.getSeverity() + " instead of "
                        + worst.severity());
            }
        }
        standing.values()
                .forEach(incident -> problems.add("unexpected: an incident of "
                        + incident.getSubject().getId() + " (" + incident.getIncidentId() + ")"));
        return new IncidentsVerdict(byScene, problems);
    }

    /** The scenes of attacks, or the others, with the incidents that stand. */
    List<Map.Entry<String, List<Incident>>> scenes(boolean attacks) {
        return byScene.entrySet().stream()
                .filter(scene -> Story.isAttack(scene.getKey()) == attacks)
                .toList();
    }

    /** Number of attacks of which an application's incident stands. */
    long attacksFound() {
        return scenes(true).stream()
                .filter(scene -> scene.getValue().stream().anyMatch(IncidentsVerdict::isOfApplication))
                .count();
    }

    boolean isRight() {
        return problems.isEmpty();
    }

    /** Whether an incident is about an application, and not about a person. */
    static boolean isOfApplication(Incident incident) {
        return incident.getSubject().getKind().equals("application");
    }

    /** Of each subject the worst alert, in the order of the script; none of what makes no incident. */
    private static List<ExpectedAlert> worstOfEach(List<ExpectedAlert> truth) {
        Map<String, ExpectedAlert> worst = new LinkedHashMap<>();
        truth.stream()
                .filter(expected -> severity(expected).compareTo(Severity.INFORMATIONAL) > 0)
                .forEach(expected -> worst.merge(
                        expected.subject().id(),
                        expected,
                        (one, other) -> severity(one).compareTo(severity(other)) < 0 ? other : one));
        return List.copyOf(worst.values());
    }

    /** Of which subjects the attacks are. */
    static Predicate<Incident> tellsOfAnAttack(List<ExpectedAlert> truth) {
        List<String> subjects = subjectsOfAttacks(truth).distinct().toList();
        return incident -> subjects.contains(incident.getSubject().getId());
    }

    private static Stream<String> subjectsOfAttacks(List<ExpectedAlert> truth) {
        return truth.stream()
                .filter(expected -> Story.isAttack(expected.scene()))
                .map(expected -> expected.subject().id());
    }

    private static Severity severity(ExpectedAlert expected) {
        return Severity.ofLabel(expected.severity());
    }

    private static Severity severity(Incident incident) {
        return Severity.ofLabel(incident.getSeverity());
    }
}
