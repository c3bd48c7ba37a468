package io.rolecall.registry;

import org.jspecify.annotations.Nullable;

/** No answer of use came from the schema registry: the network, its credentials, TLS, or a failure of its own. */
public final class RegistryUnavailableException extends RegistryException {

    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
