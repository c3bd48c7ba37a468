package io.rolecall.state;

import io.rolecall.event.DerivedFacts;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sightings: an address seen for an actor in a ten-minute slot, with its first and last time. A slot is shorter than the range in
 * which addresses are resolved, so at most one end of the range falls into it, and first and last decide exactly.
 */
public final class Sightings {

    private static final Comparator<AppEvent> SMALLEST = Comparator.comparing(AppEvent::getEventTime)
            .thenComparing(AppEvent::getEventId)
            .thenComparing(AppEvent::getSource)
            .thenComparing(AppEvent::getPosition);

    private Sightings() {}

    /**
     * A sighting.
     *
     * @param shown the event that stands for it, or a sighting of it
     */
    public static AppEvent of(AppEvent shown, String actorKey, String ip, Instant first, Instant last, String basis) {
        return of(shown, actorKey, ip, first, last, basis, country(shown));
    }

    /** The same with the country that the sign-ins state; empty when they state none. */
    static AppEvent of(
            AppEvent shown,
            String actorKey,
            String ip,
            Instant first,
            Instant last,
            String basis,
            Optional<String> country) {
        return DerivedFacts.of(shown, Operations.ACTOR_ADDRESS)
                .setDetails(ActorAddress.newBuilder()
                        .setActorKey(actorKey)
                        .setIp(ip)
                        .setFirst(first)
                        .setLast(last)
                        .setBasis(basis)
                        .setCountry(country.orElse(null))
                        .build())
                .build();
    }

    /** The country that a sign-in or a sighting states. */
    static Optional<String> country(AppEvent shown) {
        return Details.of(shown, SignIn.class)
                .flatMap(SignIn::getCountry)
                .map(code -> code.toUpperCase(Locale.ROOT))
                .or(() -> Details.of(shown, ActorAddress.class).flatMap(ActorAddress::getCountry));
    }

    /** Of two countries of one address the smaller, so that neither order nor copies matter. */
    static Optional<String> smaller(Optional<String> one, Optional<String> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /** The one of two that stands for both. */
    static AppEvent earlier(AppEvent a, AppEvent b) {
        return SMALLEST.compare(a, b) <= 0 ? a : b;
    }

    public static ActorAddress address(AppEvent sighting) {
        return Details.of(sighting, ActorAddress.class).orElseThrow();
    }

    /** The same sighting under another key of its actor. */
    public static AppEvent as(AppEvent sighting, String actorKey) {
        ActorAddress address = address(sighting);
        return of(
                sighting,
                actorKey,
                address.getIp(),
                address.getFirst(),
                address.getLast(),
                address.getBasis(),
                address.getCountry());
    }

    /** Of the same slot, address and basis: the earliest stands for both, with the widest first and last. */
    static AppEvent merge(AppEvent a, AppEvent b) {
        ActorAddress one = address(a);
        ActorAddress two = address(b);
        return of(
                earlier(a, b),
                one.getActorKey(),
                one.getIp(),
                EventDays.earlier(one.getFirst(), two.getFirst()),
                EventDays.later(one.getLast(), two.getLast()),
                one.getBasis(),
                smaller(one.getCountry(), two.getCountry()));
    }
}
