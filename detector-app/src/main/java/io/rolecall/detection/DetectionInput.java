package io.rolecall.detection;

import io.rolecall.detection.read.AddressResolution;
import io.rolecall.event.Involvement;
import io.rolecall.event.Subjects;
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
 * @param borrowWithin how far from an act a sighting of its actor may lie to lend its address, either side
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
        return as(ApplicationHistory.class);
    }

    /**
     * The history of a person.
     *
     * @throws IllegalStateException when the subject is none
     */
    public ActorHistory actor() {
        return as(ActorHistory.class);
    }

    /**
     * The history of a tenant.
     *
     * @throws IllegalStateException when the subject is none
     */
    public TenantHistory tenant() {
        return as(TenantHistory.class);
    }

    /**
     * Whether an alert about an act is this subject's, where a detection evaluates applications and people alike: there is one alert
     * an act, and the other side says nothing.
     *
     * @param act an act of this history
     * @param part which application's alert it is if there is any: of the one it was done to, or the one that did it
     */
    public boolean owns(AppEvent act, Involvement part) {
        return Subjects.owner(act, part)
                .filter(owner -> owner.kind() == history.subject().kind())
                .isPresent();
    }

    private <T extends SubjectHistory> T as(Class<T> kind) {
        if (kind.isInstance(history)) {
            return kind.cast(history);
        }
        throw new IllegalStateException("No " + kind.getSimpleName() + " is kept of " + history.subject());
    }

    /** The address an act was done from: its own, else borrowed from its actor's sightings. */
    public ResolvedAddress addressOf(AppEvent act) {
        return AddressResolution.resolve(act, history, networks, borrowWithin);
    }
}
