package io.rolecall.inventory;

import io.rolecall.source.split.Reason;

/** An exported object cannot be used. Carries no stack trace: its reason says it all. */
final class UnusableObjectException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    UnusableObjectException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
