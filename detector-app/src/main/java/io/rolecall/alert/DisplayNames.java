package io.rolecall.alert;

import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import java.util.List;
import java.util.Optional;

/** How actors, applications and lists are called in sentences. */
final class DisplayNames {

    private static final int MOST_LISTED = 5;
    private static final String UNNAMED = "an application the log does not name";

    private DisplayNames() {}

    /** The actor's name, else an id, else words for nobody. */
    static String actor(Actor actor) {
        String plain = plainActor(actor).orElse("An actor the log does not name");
        boolean named = actor.getName().isPresent();
        return actor.getType().equals("application") && named ? "The application '" + plain + "'" : plain;
    }

    /** The actor's name, else an id; empty when the log has neither. */
    static Optional<String> plainActor(Actor actor) {
        return firstOf(actor.getName(), actor.getId(), actor.getServicePrincipalId(), actor.getAppId());
    }

    /** The application an event is about: its display name in quotes, else an id. */
    static String application(AppEvent event) {
        return event.getAppDisplayName()
                .map(name -> "'" + name + "'")
                .or(() -> firstOf(event.getAppId(), event.getServicePrincipalId(), event.getAppObjectId()))
                .orElse(UNNAMED);
    }

    /** The same after the words "the application", which an unnamed one does not take. */
    static String theApplication(AppEvent event) {
        String name = application(event);
        return name.equals(UNNAMED) ? name : "the application " + name;
    }

    /** Up to five values, and how many more there are. */
    static String list(List<String> values) {
        if (values.size() <= MOST_LISTED) {
            return String.join(", ", values);
        }
        return String.join(", ", values.subList(0, MOST_LISTED)) + " and " + (values.size() - MOST_LISTED) + " more";
    }

    /** A count with its noun. */
    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** The first that is present. */
    @SafeVarargs
    static Optional<String> firstOf(Optional<String>... candidates) {
        for (Optional<String> candidate : candidates) {
            if (candidate.isPresent()) {
                return candidate;
            }
        }
        return Optional.empty();
    }
}
