package io.rolecall.detection.read;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Registration;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The earliest successful registration of an application, from the history or, when that no longer reaches back, from the profile.
 *
 * @param at when
 * @param tenancy tenancy as registered; empty when no event states it
 * @param act the act, while the history holds it
 * @param inTenant false for a service principal that was added for an application registered in another tenant
 */
public record Registered(Instant at, Optional<String> tenancy, Optional<AppEvent> act, boolean inTenant) {

    /** The registration, if it was seen. */
    public static Optional<Registered> of(SubjectHistory history) {
        Optional<Registered> inHistory = first(history, Operations.ADD_APPLICATION)
                .map(act -> new Registered(act.getEventTime(), tenancy(act), Optional.of(act), true));
        Optional<Registered> inProfile = history.profile()
                .getRegistration()
                .map(summary -> new Registered(
                        summary.getAt(),
                        summary.getTenancy().or(summary::getInventoryTenancy),
                        Optional.empty(),
                        true));
        if (inHistory.isPresent() && inProfile.isPresent()) {
            Registered seen = inHistory.get();
            Registered known = inProfile.get();
            // The profile keeps the earliest time of all copies, up to a second before that of the merged act.
            boolean older = known.at.isBefore(seen.at.minus(Facts.CLOCK_SKEW));
            return Optional.of(older ? known : seen.or(known.tenancy));
        }
        return inHistory.or(() -> inProfile);
    }

    /** The first addition of a service principal, all that this tenant logs of an application registered elsewhere. */
    public static Optional<Registered> servicePrincipal(SubjectHistory history) {
        SubjectProfile profile = history.profile();
        Optional<AppEvent> act = first(history, Operations.ADD_SERVICE_PRINCIPAL);
        return profile.getServicePrincipalAddedAt()
                .or(() -> act.map(AppEvent::getEventTime))
                .map(at -> act.filter(fact -> !at.isBefore(fact.getEventTime().minus(Facts.CLOCK_SKEW)))
                        .map(fact -> new Registered(fact.getEventTime(), Optional.empty(), act, false))
                        .orElseGet(() -> new Registered(at, Optional.empty(), Optional.empty(), false)));
    }

    /** How it is called in sentences. */
    public String label() {
        return inTenant ? "registered" : "added as a service principal";
    }

    public List<AppEvent> facts() {
        return act.stream().toList();
    }

    private Registered or(Optional<String> otherTenancy) {
        return new Registered(at, tenancy.or(() -> otherTenancy), act, inTenant);
    }

    private static Optional<AppEvent> first(SubjectHistory history, String operation) {
        return history.acts().stream()
                .filter(act -> Facts.is(act, operation) && Facts.succeeded(act))
                .min(Facts.ORDER);
    }

    private static Optional<String> tenancy(AppEvent act) {
        return Details.of(act, Registration.class).flatMap(Registration::getTenancy);
    }
}
