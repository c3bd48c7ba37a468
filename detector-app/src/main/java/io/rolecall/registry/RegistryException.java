package io.rolecall.registry;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The schema registry does not do what the program needs of it. Systemic: it concerns every record, so the program stops instead
 * of putting records aside. The message says what is wrong, where, and what mends it; it holds no secret.
 */
public abstract sealed class RegistryException extends KafkaException
        permits RegistryUnavailableException, SchemaRejectedException {

    private static final long serialVersionUID = 1L;

    RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
