package io.rolecall.sandbox;

import io.rolecall.incident.AlertExtracts;
import io.rolecall.incident.Incidents;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Incidents of the story, made by the very detections. */
final class StoryIncidents {

    private static final Story STORY = Story.generate(StoryOptions.defaults().withNoisePerDay(0));
    private static final List<Alert> ALERTS = StoryRun.of(STORY).alerts();

    private StoryIncidents() {}

    static Story story() {
        return STORY;
    }

    /** Of all of the story, the worst first. */
    static List<Incident> all() {
        return of(ALERTS);
    }

    /** The incident of an application or a person. */
    static Incident named(String name) {
        return named(name, alert -> true);
    }

    /** The same as it would be if only some of the alerts were. */
    static Incident named(String name, Predicate<Alert> alerts) {
        return of(ALERTS.stream().filter(alerts).toList()).stream()
                .filter(incident -> IncidentLines.name(incident).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Incident> of(Collection<Alert> alerts) {
        return Incidents.of(alerts.stream().map(AlertExtracts::of).toList());
    }
}
