package io.rolecall.service;

import org.jspecify.annotations.Nullable;

/** The service could not start, or ended by an error; the message tells what is wrong and what mends it. */
public final class ServiceFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServiceFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
