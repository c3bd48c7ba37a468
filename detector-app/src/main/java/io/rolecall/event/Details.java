package io.rolecall.event;

import io.rolecall.schema.AppEvent;
import java.util.Optional;

/** The part of an event that its kind has: one of a dozen records, of which a reader mostly wants a certain one. */
public final class Details {

    private Details() {}

    /**
     * The details of an event, when they are of a type.
     *
     * @return empty when they are of another, or the event has none
     */
    public static <T> Optional<T> of(AppEvent event, Class<T> type) {
        return event.getDetails().filter(type::isInstance).map(type::cast);
    }
}
