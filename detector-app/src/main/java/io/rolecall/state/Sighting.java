package io.rolecall.state;

import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.Actor;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An address seen for an actor in a ten-minute slot. Sign-ins are the commonest events there are, and of most nothing else is wanted,
 * so this is small, and becomes a fact ({@link #fact()}) only where the history of an act asked for it.
 *
 * <p>A slot is shorter than the range in which addresses are resolved, so at most one end of the range falls into it, and first and last
 * decide exactly.
 *
 * @param tenantId the tenant
 * @param actorKey one of the keys by which the actor is known
 * @param ip the address
 * @param ofSignIn whether sign-ins showed it, or other events
 * @param first when it was first seen, which is the time of the event that stands for the slot
 * @param last when it was last seen
 * @param country country that sign-ins state for it, upper case; of several the smallest, so that neither order nor copies matter
 * @param shown the rest of that event
 */
public record Sighting(
        String tenantId,
        String actorKey,
        String ip,
        boolean ofSignIn,
        Instant first,
        Instant last,
        Optional<String> country,
        Shown shown) {

    /** What a fact is based on that sign-ins led to. */
    private static final String SIGN_IN = "sign-in";

    /** The event that stands for a slot: the earliest, of several the one of the smallest id, log and position. */
    private static final Comparator<Sighting> SMALLEST = Comparator.comparing(Sighting::first)
            .thenComparing(sighting -> sighting.shown().eventId())
            .thenComparing(sighting -> sighting.shown().source())
            .thenComparing(sighting -> sighting.shown().position());

    /**
     * An event that shows where its actor was.
     *
     * @param source log source as the contract names it
     * @param position where it was read
     * @param actor who it was, as the event says it
     */
    public record Shown(String eventId, String source, String position, Actor actor) {}

    /** Of one event. */
    public static Sighting of(
            String tenantId,
            String actorKey,
            String ip,
            boolean ofSignIn,
            Instant time,
            Optional<String> country,
            Shown shown) {
        Optional<String> upper = country.map(code -> code.toUpperCase(Locale.ROOT));
        return new Sighting(tenantId, actorKey, ip, ofSignIn, time, time, upper, shown);
    }

    /** Of the fact that one became ({@link #fact()}). */
    static Sighting of(AppEvent fact) {
        ActorAddress address = Details.of(fact, ActorAddress.class).orElseThrow();
        return new Sighting(
                fact.getTenantId(),
                address.getActorKey(),
                address.getIp(),
                address.getBasis().equals(SIGN_IN),
                address.getFirst(),
                address.getLast(),
                address.getCountry(),
                new Shown(fact.getEventId(), fact.getSource(), fact.getPosition(), fact.getActor()));
    }

    /** Of the same slot and kind: the earliest stands for both, with the widest first and last. */
    Sighting merge(Sighting other) {
        Sighting earlier = standsFor(other) ? this : other;
        Instant latest = EventDays.later(last, other.last);
        Optional<String> smallest = smaller(country, other.country);
        return latest.equals(earlier.last) && smallest.equals(earlier.country)
                ? earlier
                : new Sighting(tenantId, actorKey, ip, ofSignIn, earlier.first, latest, smallest, earlier.shown);
    }

    /** Of two countries of one address the one that stands for both. */
    private static Optional<String> smaller(Optional<String> one, Optional<String> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /** Whether this one's event stands for both. */
    private boolean standsFor(Sighting other) {
        return SMALLEST.compare(this, other) <= 0;
    }

    /** Whether another sighting of the slot says nothing that this one does not. */
    boolean covers(Sighting other) {
        return !other.last.isAfter(last)
                && standsFor(other)
                && smaller(country, other.country).equals(country);
    }

    /** Whether the slot meets an interval. */
    boolean meets(Instant from, Instant to) {
        return !last.isBefore(from) && !first.isAfter(to);
    }

    /** The same under another key of its actor. */
    public Sighting as(String otherKey) {
        return new Sighting(tenantId, otherKey, ip, ofSignIn, first, last, country, shown);
    }

    /** As a fact for the history of an act. */
    public AppEvent fact() {
        return AppEvent.newBuilder()
                .setEventId(shown.eventId())
                .setSource(shown.source())
                .setEnvelope("-")
                .setOperation(Operations.ACTOR_ADDRESS)
                .setRawOperation(Operations.ACTOR_ADDRESS)
                .setEventTime(first)
                .setTenantId(tenantId)
                .setOutcome("success")
                .setActor(who(shown.actor()))
                .setDetails(ActorAddress.newBuilder()
                        .setActorKey(actorKey)
                        .setIp(ip)
                        .setFirst(first)
                        .setLast(last)
                        .setBasis(ofSignIn ? SIGN_IN : "audit-event")
                        .setCountry(country.orElse(null))
                        .build())
                .setPosition(shown.position())
                .build();
    }

    /** What names an actor, and the address that the event gives first; with what it acted does not matter here. */
    private static Actor who(Actor actor) {
        return Actor.newBuilder(actor)
                .setUserAgent(null)
                .setOtherIps(List.of())
                .setTokenService(null)
                .build();
    }
}
