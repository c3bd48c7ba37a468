package io.rolecall.detection;

import io.rolecall.event.Actors;
import io.rolecall.network.AddressClass;
import io.rolecall.network.AddressTable;
import io.rolecall.network.NetworkMatch;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides from which address an act was done. The event's own address decides, unless there is none or it is a front-end of
 * Entra ID, which stands for whoever used it: then the actor's sightings within {@code borrowWithin} decide. Any external one
 * makes it external, only if all are the organisation's is it the organisation's.
 */
final class AddressResolution {

    private AddressResolution() {}

    private record Sighting(AppEvent fact, ActorAddress address, NetworkMatch match) {}

    static ResolvedAddress resolve(AppEvent act, SubjectHistory history, AddressTable networks, Duration borrowWithin) {
        Optional<String> own = act.getActor().getIp();
        NetworkMatch match = networks.lookup(own.orElse(null), act.getEventTime());
        if (own.isPresent() && match.addressClass() != AddressClass.MICROSOFT_SERVICE) {
            return new ResolvedAddress(own, match.addressClass(), match.label(), "event", List.of());
        }
        List<Sighting> sightings = sightings(act, history, networks, borrowWithin);
        if (sightings.isEmpty()) {
            return new ResolvedAddress(
                    own, match.addressClass(), match.label(), own.isPresent() ? "event" : "none", List.of());
        }
        AddressClass decided = decide(sightings);
        Sighting shown = sightings.stream()
                .filter(sighting -> sighting.match().addressClass() == decided)
                .min(Comparator.comparing((Sighting sighting) -> distance(sighting, act.getEventTime()))
                        .thenComparing(sighting -> sighting.address().getIp()))
                .orElse(sightings.get(0));
        List<AppEvent> disagreeing = sightings.stream()
                .filter(sighting -> sighting.match().addressClass() != decided)
                .map(Sighting::fact)
                .toList();
        return new ResolvedAddress(
                Optional.of(shown.address().getIp()),
                decided,
                shown.match().label(),
                shown.address().getBasis(),
                disagreeing);
    }

    private static List<Sighting> sightings(
            AppEvent act, SubjectHistory history, AddressTable networks, Duration borrowWithin) {
        Instant from = act.getEventTime().minus(borrowWithin);
        Instant to = act.getEventTime().plus(borrowWithin);
        Set<String> keys = Actors.keys(act.getActor());
        List<Sighting> sightings = new ArrayList<>();
        for (AppEvent fact : history.actorAddresses(from, to)) {
            if (fact.getDetails().orElse(null) instanceof ActorAddress address
                    && keys.contains(address.getActorKey())) {
                NetworkMatch match = networks.lookup(address.getIp(), address.getFirst());
                if (match.addressClass() != AddressClass.MICROSOFT_SERVICE) {
                    sightings.add(new Sighting(fact, address, match));
                }
            }
        }
        return sightings;
    }

    private static AddressClass decide(List<Sighting> sightings) {
        boolean allOrganization = true;
        for (Sighting sighting : sightings) {
            AddressClass addressClass = sighting.match().addressClass();
            if (addressClass == AddressClass.EXTERNAL) {
                return AddressClass.EXTERNAL;
            }
            allOrganization &= addressClass == AddressClass.ORGANIZATION;
        }
        return allOrganization ? AddressClass.ORGANIZATION : AddressClass.UNKNOWN;
    }

    private static Duration distance(Sighting sighting, Instant at) {
        if (at.isBefore(sighting.address().getFirst())) {
            return Duration.between(at, sighting.address().getFirst());
        }
        return at.isAfter(sighting.address().getLast())
                ? Duration.between(sighting.address().getLast(), at)
                : Duration.ZERO;
    }
}
