package io.rolecall.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** One record cannot be read, whoever tries: not in Confluent's wire format, of an unknown schema, or not of its schema. Bad data. */
public final class UnreadableRecordException extends SerializationException {

    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String message) {
        super(message);
    }

    UnreadableRecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
