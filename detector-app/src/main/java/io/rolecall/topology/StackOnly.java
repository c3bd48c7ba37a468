package io.rolecall.topology;

import org.jspecify.annotations.Nullable;

/**
 * Where an error happened without what it says: the message of an error that an event caused may quote the event, and no event
 * content goes into a log that operators read.
 */
final class StackOnly extends Exception {

    private static final long serialVersionUID = 1L;

    private StackOnly(Throwable error, @Nullable StackOnly cause) {
        super(error.getClass().getName(), cause, false, true);
        setStackTrace(error.getStackTrace());
    }

    /** Frames and classes of an error and of its causes. */
    static StackOnly of(Throwable error) {
        Throwable cause = error.getCause();
        return new StackOnly(error, cause == null ? null : of(cause));
    }
}
