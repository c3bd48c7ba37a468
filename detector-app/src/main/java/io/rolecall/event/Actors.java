package io.rolecall.event;

import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names one actor goes by. A person has an object id, a user principal name and a PUID, and logs show one, some or all;
 * comparisons ignore case. A label that many share ({@code Certificate}, {@code NT AUTHORITY\SYSTEM}, a bare display name) is
 * never an actor.
 */
public final class Actors {

    private static final Comparator<String> BEST_NAME =
            Comparator.comparingInt(Actors::rank).thenComparing(Comparator.naturalOrder());

    private Actors() {}

    /** The actor's main key: user principal name in lower case, else object id, else service principal id; empty for a shared label. */
    public static Optional<String> key(Actor actor) {
        return principalName(actor)
                .or(() -> lower(actor.getId()))
                .or(() -> lower(actor.getServicePrincipalId()))
                .or(() -> lower(actor.getPuid()));
    }

    /** All keys by which addresses of the actor may be known, the main one first; empty for a shared label. */
    public static Set<String> keys(Actor actor) {
        Set<String> keys = new LinkedHashSet<>();
        principalName(actor).ifPresent(keys::add);
        lower(actor.getId()).ifPresent(keys::add);
        lower(actor.getServicePrincipalId()).ifPresent(keys::add);
        if (keys.isEmpty()) {
            lower(actor.getPuid()).ifPresent(keys::add);
        }
        return keys;
    }

    /** The id under which a person is followed: the best of {@link #names}; empty for applications and shared labels. */
    public static Optional<String> person(Actor actor) {
        List<String> names = names(actor);
        return names.isEmpty() ? Optional.empty() : Optional.of(names.get(0));
    }

    /**
     * What a person is called, lower case, the best first: object id, user principal name, PUID. Empty for an application, which is
     * followed as one.
     */
    public static List<String> names(Actor actor) {
        if (actor.getType().equals("application")) {
            return List.of();
        }
        // No stream: it is asked of every event, several times.
        List<String> names = new ArrayList<>(3);
        lower(actor.getId()).ifPresent(names::add);
        principalName(actor).filter(name -> !names.contains(name)).ifPresent(names::add);
        lower(actor.getPuid()).filter(name -> !names.contains(name)).ifPresent(names::add);
        if (names.size() > 1) {
            names.sort(BEST_NAME);
        }
        return names;
    }

    /** The addresses from which an event shows its actor, each once, in logged order; none when it logs none. */
    public static List<String> addresses(Actor actor) {
        if (actor.getOtherIps().isEmpty()) {
            return actor.getIp().map(ip -> List.of(ip)).orElseGet(List::of);
        }
        return Stream.concat(actor.getIp().stream(), actor.getOtherIps().stream())
                .distinct()
                .toList();
    }

    /** Whether the token service wrote the event, whose address then says nothing about its actor. */
    public static boolean isOfTokenService(Actor actor) {
        return actor.getTokenService().orElse(false);
    }

    /** A person of whom nothing is known but one name. */
    public static Actor named(String name) {
        Actor.Builder person = Actor.newBuilder().setType("user");
        return switch (rank(name)) {
            case 0 -> person.setId(name).build();
            case 1 -> person.setName(name).build();
            default -> person.setPuid(name).build();
        };
    }

    /** Takes the PUID out of an event where it says no more of who acted than the person's other names. */
    public static void dropSparePuid(AppEvent event) {
        dropSparePuid(event.getActor());
    }

    /** The same of the actor of an event. */
    public static void dropSparePuid(Actor actor) {
        if (actor.getPuid().isPresent() && names(actor).size() != 1) {
            actor.setPuid(null);
        }
    }

    /** The order of a person's names, the one to follow them by first: object ids, user principal names, others; by text among equals. */
    public static Comparator<String> bestName() {
        return BEST_NAME;
    }

    /** Whether a name of a person is an object id, than which there is no better one but another object id. */
    public static boolean isBestName(String name) {
        return rank(name) == 0;
    }

    private static int rank(String name) {
        return GuidForm.isCanonical(name) ? 0 : isPrincipalName(name) ? 1 : 2;
    }

    private static Optional<String> principalName(Actor actor) {
        return actor.getType().equals("application")
                ? Optional.empty()
                : lower(actor.getName()).filter(Actors::isPrincipalName);
    }

    private static Optional<String> lower(Optional<String> text) {
        return text.map(name -> name.toLowerCase(Locale.ROOT));
    }

    private static boolean isPrincipalName(String name) {
        int at = name.indexOf('@');
        return at > 0 && at < name.length() - 1 && name.indexOf(' ') < 0;
    }
}
