package io.rolecall.detection.read;

import io.rolecall.detection.ResolvedAddress;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Actors;
import io.rolecall.network.AddressClass;
import io.rolecall.network.AddressTable;
import io.rolecall.network.NetworkMatch;
import io.rolecall.schema.Actor;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides from which address an act was done. The event's own address decides, of several the worst, unless there is none or it
 * says nothing about who acted: a front-end of Entra ID stands for whoever used it, and the token service writes its own. Then the
 * actor's sightings within {@code borrowWithin} decide. Any external one makes it external, only if all are the organisation's is
 * it the organisation's.
 */
public final class AddressResolution {

    private AddressResolution() {}

    private record Own(String ip, NetworkMatch match) {}

    private record Borrowed(AppEvent fact, ActorAddress address, NetworkMatch match) {}

    public static ResolvedAddress resolve(
            AppEvent act, SubjectHistory history, AddressTable networks, Duration borrowWithin) {
        List<Own> own = own(act, networks);
        Optional<Own> worst = own.stream()
                .min(Comparator.comparing(each -> Addresses.rank(each.match().addressClass())));
        if (worst.filter(each -> each.match().addressClass() != AddressClass.MICROSOFT_SERVICE)
                .isPresent()) {
            return ofEvent(worst.get());
        }
        List<Borrowed> sightings = sightings(act, history, networks, borrowWithin).stream()
                .filter(sighting -> !isOfAct(sighting, own))
                .toList();
        if (sightings.isEmpty()) {
            return worst.map(AddressResolution::ofEvent)
                    .orElseGet(() -> new ResolvedAddress(
                            Optional.empty(), AddressClass.UNKNOWN, Optional.empty(), "none", List.of()));
        }
        AddressClass decided = decide(sightings);
        Borrowed shown = sightings.stream()
                .filter(sighting -> sighting.match().addressClass() == decided)
                .min(Comparator.comparing((Borrowed sighting) -> distance(sighting, act.getEventTime()))
                        .thenComparing(sighting -> sighting.address().getIp()))
                .orElse(sightings.get(0));
        List<AppEvent> disagreeing = sightings.stream()
                .filter(sighting -> sighting.match().addressClass() != decided)
                .map(Borrowed::fact)
                .toList();
        return new ResolvedAddress(
                Optional.of(shown.address().getIp()),
                decided,
                shown.match().label(),
                shown.address().getBasis(),
                disagreeing);
    }

    /** The event's addresses in logged order. */
    private static List<Own> own(AppEvent act, AddressTable networks) {
        Actor actor = act.getActor();
        boolean sayNothing = Actors.isOfTokenService(actor);
        return Actors.addresses(actor).stream()
                .map(ip -> new Own(
                        ip,
                        sayNothing
                                ? NetworkMatch.of(AddressClass.MICROSOFT_SERVICE)
                                : networks.lookup(ip, act.getEventTime())))
                .toList();
    }

    private static ResolvedAddress ofEvent(Own own) {
        return new ResolvedAddress(
                Optional.of(own.ip()), own.match().addressClass(), own.match().label(), "event", List.of());
    }

    /**
     * Whether a sighting may be the act itself, since each address in its field is a sighting: beside a front-end, an address of
     * the same field is not what tells where the person was.
     */
    private static boolean isOfAct(Borrowed sighting, List<Own> own) {
        return sighting.address().getBasis().equals("audit-event")
                && own.stream()
                        .anyMatch(each -> each.ip().equals(sighting.address().getIp()));
    }

    private static List<Borrowed> sightings(
            AppEvent act, SubjectHistory history, AddressTable networks, Duration borrowWithin) {
        Instant from = act.getEventTime().minus(borrowWithin);
        Instant to = act.getEventTime().plus(borrowWithin);
        List<Borrowed> sightings = new ArrayList<>();
        for (String key : Actors.keys(act.getActor())) {
            for (AppEvent fact : history.actorAddresses(key, from, to)) {
                if (fact.getDetails().orElse(null) instanceof ActorAddress address
                        && address.getActorKey().equals(key)) {
                    NetworkMatch match = networks.lookup(address.getIp(), address.getFirst());
                    if (match.addressClass() != AddressClass.MICROSOFT_SERVICE) {
                        sightings.add(new Borrowed(fact, address, match));
                    }
                }
            }
        }
        return sightings;
    }

    private static AddressClass decide(List<Borrowed> sightings) {
        boolean allOrganization = true;
        for (Borrowed sighting : sightings) {
            AddressClass addressClass = sighting.match().addressClass();
            if (addressClass == AddressClass.EXTERNAL) {
                return AddressClass.EXTERNAL;
            }
            allOrganization &= addressClass == AddressClass.ORGANIZATION;
        }
        return allOrganization ? AddressClass.ORGANIZATION : AddressClass.UNKNOWN;
    }

    private static Duration distance(Borrowed sighting, Instant at) {
        if (at.isBefore(sighting.address().getFirst())) {
            return Duration.between(at, sighting.address().getFirst());
        }
        return at.isAfter(sighting.address().getLast())
                ? Duration.between(sighting.address().getLast(), at)
                : Duration.ZERO;
    }
}
