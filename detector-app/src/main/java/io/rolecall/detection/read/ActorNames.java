package io.rolecall.detection.read;

import io.rolecall.event.Actors;
import io.rolecall.event.Details;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.OwnerChange;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which names are one actor's, as far as facts show them together: object id and user principal name of a person, service principal
 * id and App ID of an application. It hangs on the facts alone, not on their order.
 */
public final class ActorNames {

    private final Map<String, Set<String>> groups = new TreeMap<>();

    private ActorNames() {}

    /** By what each of the facts shows of its actor, and of the owner or user whom it is about. */
    public static ActorNames of(Collection<AppEvent> facts) {
        ActorNames names = new ActorNames();
        for (AppEvent fact : facts) {
            names.together(of(fact.getActor()));
            Details.of(fact, OwnerChange.class).ifPresent(owner -> names.together(of(owner)));
            Details.of(fact, AppRoleToUser.class).ifPresent(role -> names.together(of(role)));
        }
        return names;
    }

    /** The names of an actor, lower case; empty for a shared label. */
    public static Set<String> of(Actor actor) {
        Set<String> names = new LinkedHashSet<>(Actors.keys(actor));
        if (actor.getType().equals("application")) {
            actor.getAppId().map(id -> id.toLowerCase(Locale.ROOT)).ifPresent(names::add);
        }
        return names;
    }

    /** The names of an owner, lower case: the object id, and the user principal name of a person; a display name is none. */
    public static Set<String> of(OwnerChange owner) {
        Set<String> names = new LinkedHashSet<>();
        owner.getOwnerId().map(id -> id.toLowerCase(Locale.ROOT)).ifPresent(names::add);
        owner.getOwnerName()
                .filter(name -> name.indexOf('@') > 0 && name.indexOf(' ') < 0)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .ifPresent(names::add);
        return names;
    }

    /** The names of a user who was given access, lower case. */
    static Set<String> of(AppRoleToUser role) {
        return Stream.concat(role.getUserId().stream(), role.getUserPrincipalName().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Whether two sets of names are one actor's. */
    public boolean same(Set<String> one, Set<String> other) {
        return !Collections.disjoint(all(one), other);
    }

    /** Names with all that belong to the same actors. */
    Set<String> all(Set<String> names) {
        Set<String> all = new HashSet<>(names);
        names.forEach(name -> all.addAll(groups.getOrDefault(name, Set.of())));
        return all;
    }

    private void together(Set<String> names) {
        if (names.size() > 1) {
            Set<String> united = all(names);
            List.copyOf(united).forEach(name -> groups.put(name, united));
        }
    }

    /** For sentences: what an owner is called. */
    public static String label(OwnerChange owner) {
        return Optional.of(owner)
                .flatMap(OwnerChange::getOwnerName)
                .or(owner::getOwnerId)
                .orElse("an unnamed owner");
    }
}
