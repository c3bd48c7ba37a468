package io.rolecall.event;

import io.rolecall.schema.AppEvent;
import java.util.Locale;

/** The part that a subject has in an act. One application can have both: it may change itself. */
public enum Involvement {
    /** The act was done to it, or concerns it. */
    TARGET,
    /** It did the act. */
    INITIATOR;

    /** The part of the subject for which a copy of a fact was written. */
    public static Involvement of(AppEvent copy) {
        return copy.getPart().filter(INITIATOR.label()::equals).isPresent() ? INITIATOR : TARGET;
    }

    /** How a copy of a fact states it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
