package io.rolecall.source;

import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Reason;
import java.util.List;

/** An element is no event. Carries no stack trace: bad input is an everyday matter, and its reason says it all. */
public final class RejectedElementException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<AppEvent> siblings;

    RejectedElementException(Reason reason, String message) {
        this(reason, message, List.of());
    }

    /** @param siblings the good events of a wrapper in which others are bad */
    RejectedElementException(Reason reason, String message, List<AppEvent> siblings) {
        super(message, null, false, false);
        this.reason = reason;
        this.siblings = List.copyOf(siblings);
    }

    /** Events that came out of the same wrapper and are good. */
    List<AppEvent> siblings() {
        return siblings;
    }

    /** The kind of trouble. */
    Reason reason() {
        return reason;
    }
}
