package io.rolecall.sandbox;

import io.rolecall.incident.AlertExtracts;
import io.rolecall.incident.Incidents;
import io.rolecall.sandbox.story.Story;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import java.time.Duration;
import java.util.List;

/**
 * What is read of the service's topics: every revision of the alerts, and every publication of the incidents.
 *
 * @param alerts what machines read
 * @param incidents what people read
 */
record WatchedTopics(TopicWatch<Alert> alerts, TopicWatch<Incident> incidents) {

    /** @throws org.apache.kafka.common.KafkaException when one of them cannot be read any more */
    void check() {
        alerts.check();
        incidents.check();
    }

    /** How long nothing has come. */
    Duration quiet() {
        return alerts.quiet().compareTo(incidents.quiet()) < 0 ? alerts.quiet() : incidents.quiet();
    }

    /** What came, compared with what must come. */
    DemoResult result(Story story) {
        return new DemoResult(
                StoryVerdict.of(story.truth(), alerts.latest()),
                IncidentsVerdict.of(story.scenes(), story.truth(), incidents.latest()),
                alerts.latest(),
                incidents.latest());
    }

    /**
     * An incident as its alerts make it now. What matters of it is published at once, the rest when nothing has changed for a quarter of
     * an hour, for which a demo does not wait.
     *
     * @param published its last publication
     */
    Incident atLast(Incident published) {
        return Incidents.of(alerts.latest().stream().map(AlertExtracts::of).toList()).stream()
                .filter(incident -> incident.getIncidentId().equals(published.getIncidentId()))
                .findFirst()
                .orElse(published);
    }

    /** What was published of an incident. */
    List<Incident> publications(Incident incident) {
        return incidents.history().stream()
                .filter(all -> all.get(0).getIncidentId().equals(incident.getIncidentId()))
                .findFirst()
                .orElse(List.of());
    }
}
