package io.rolecall.state;

import org.jspecify.annotations.Nullable;

/** A state store was written in another format than this build reads; nothing in it was read or changed. */
public final class StoreFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreFormatException(String store, String task, @Nullable Long found, long expected) {
        super("the store '" + store + "' of task " + task + " has "
                + (found == null ? "entries and no format number, as builds before 0.2 left it" : "format " + found)
                + ", and this build reads format " + expected + " only; nothing in it was read or changed");
    }
}
