package io.rolecall.registry;

import org.jspecify.annotations.Nullable;

/** The schema registry answered, and will not have a schema of this program: incompatible, invalid, or not registered. */
public final class SchemaRejectedException extends RegistryException {

    private static final long serialVersionUID = 1L;

    SchemaRejectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
