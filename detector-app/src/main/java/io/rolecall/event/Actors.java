package io.rolecall.event;

import io.rolecall.schema.Actor;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The names one actor goes by. An actor has an object id and a user principal name, and logs show one, the other or both;
 * comparisons ignore case. A label that many share ({@code Certificate}, {@code NT AUTHORITY\SYSTEM}, a bare display name) is
 * never an actor.
 */
public final class Actors {

    private Actors() {}

    /** The actor's main key: user principal name in lower case, else object id, else service principal id; empty for a shared label. */
    public static Optional<String> key(Actor actor) {
        return keys(actor).stream().findFirst();
    }

    /** All keys by which the actor may be known, the main one first; empty for a shared label. */
    public static Set<String> keys(Actor actor) {
        Set<String> keys = new LinkedHashSet<>();
        if (!actor.getType().equals("application")) {
            actor.getName()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .filter(Actors::isPrincipalName)
                    .ifPresent(keys::add);
        }
        actor.getId().map(id -> id.toLowerCase(Locale.ROOT)).ifPresent(keys::add);
        actor.getServicePrincipalId().map(id -> id.toLowerCase(Locale.ROOT)).ifPresent(keys::add);
        return keys;
    }

    private static boolean isPrincipalName(String name) {
        int at = name.indexOf('@');
        return at > 0 && at < name.length() - 1 && name.indexOf(' ') < 0;
    }
}
