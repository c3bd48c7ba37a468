package io.rolecall.detection;

import io.rolecall.detection.read.AddressResolution;
import io.rolecall.network.AddressTable;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Settings;
import io.rolecall.schema.AppEvent;
import java.time.Duration;

/**
 * Everything a decision depends on.
 *
 * @param history the subject's history
 * @param settings effective settings of this detection
 * @param policy the whole policy: permission sets, organisation, trusted automation
 * @param networks the address table
 * @param borrowWithin how far from an act a sighting of its actor may lie for its address to be resolved from it, either side
 * @param focus span of event time that changed: the evaluation must be complete for every anchor whose finding can depend on a
 *     fact in it, and says in {@link Evaluation#covered} what it covered
 */
public record DetectionInput(
        SubjectHistory history,
        Settings settings,
        Policy policy,
        AddressTable networks,
        Duration borrowWithin,
        Interval focus) {

    /**
     * The history of an application.
     *
     * @throws IllegalStateException when the subject is no application
     */
    public ApplicationHistory application() {
        if (history instanceof ApplicationHistory application) {
            return application;
        }
        throw new IllegalStateException("Not the history of an application: " + history.subject());
    }

    /** The address an act was done from: its own, else resolved from its actor's sightings. */
    public ResolvedAddress addressOf(AppEvent act) {
        return AddressResolution.resolve(act, history, networks, borrowWithin);
    }
}
