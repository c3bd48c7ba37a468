package io.rolecall.source;

/** An element is no event. Carries no stack trace: bad input is an everyday matter, and its reason says it all. */
final class RejectedElementException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RejectedElementException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The kind of trouble. */
    Reason reason() {
        return reason;
    }
}
