package io.rolecall.detection.read;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.state.RegistrationSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** New owners of an application or its service principal, and what they did. */
public final class Owners {

    private static final Set<String> ADDS =
            Set.of(Operations.ADD_OWNER_TO_APPLICATION, Operations.ADD_OWNER_TO_SERVICE_PRINCIPAL);

    private final ActorNames names;
    private final Set<String> registrant;
    private final Set<String> registrations;

    /**
     * Somebody who became an owner.
     *
     * @param act the successful act
     * @param names object id and user principal name, lower case
     * @param label name, else id
     */
    public record NewOwner(AppEvent act, Set<String> names, String label) {}

    private Owners(ActorNames names, Set<String> registrant, Set<String> registrations) {
        this.names = names;
        this.registrant = registrant;
        this.registrations = registrations;
    }

    /** Where there is nobody to be told. */
    public static Owners none() {
        return new Owners(ActorNames.of(List.of()), Set.of(), Set.of());
    }

    /** Of a history, with what the sightings of those who added its credentials tell of their names. */
    public static Owners of(DetectionInput in) {
        SubjectHistory history = in.history();
        List<AppEvent> facts = new ArrayList<>(history.acts());
        Keys.added(history.acts()).stream().map(Keys.AddedKey::act).distinct().forEach(act -> ActorNames.of(
                        act.getActor())
                .forEach(name -> facts.addAll(history.actorAddresses(
                        name,
                        act.getEventTime().minus(in.borrowWithin()),
                        act.getEventTime().plus(in.borrowWithin())))));
        Optional<Registered> registered = Registered.of(history);
        Set<String> registrant = registered
                .flatMap(Registered::act)
                .map(act -> ActorNames.of(act.getActor()))
                .orElseGet(() -> history.profile().getRegistration().flatMap(RegistrationSummary::getActorId).stream()
                        .map(id -> id.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
        return new Owners(
                ActorNames.of(facts),
                registrant,
                history.acts().stream()
                        .filter(act -> Facts.is(act, Operations.ADD_APPLICATION) && Facts.succeeded(act))
                        .flatMap(act -> act.getCorrelationId().stream())
                        .collect(Collectors.toSet()));
    }

    /** Everybody who became an owner, by time. */
    public static List<NewOwner> added(List<AppEvent> acts) {
        return acts.stream()
                .filter(act -> ADDS.contains(act.getOperation()) && Facts.succeeded(act))
                .sorted(Facts.ORDER)
                .flatMap(act -> Details.of(act, OwnerChange.class)
                        .map(owner -> new NewOwner(act, ActorNames.of(owner), ActorNames.label(owner)))
                        .stream())
                .toList();
    }

    /** Whether the directory made the owner with the registration: in its transaction, or whoever registered it. */
    public boolean isAutomatic(NewOwner owner) {
        return owner.act().getCorrelationId().filter(registrations::contains).isPresent()
                || names.same(owner.names(), registrant);
    }

    /** Whether the owner did an act. */
    public boolean did(NewOwner owner, AppEvent act) {
        return names.same(owner.names(), ActorNames.of(act.getActor()));
    }
}
