package io.rolecall.registry;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Tells a record that cannot be read from a registry that cannot be reached, for the built-in serde and for others. */
public final class RegistryErrors {

    /** Confluent's error code for a schema id that the registry does not know. */
    static final int SCHEMA_NOT_FOUND = 40403;

    private RegistryErrors() {}

    /**
     * Whether the error means that one record is bad, so that it belongs into the quarantine, and not that the registry, the
     * network or the configuration is. Another serde's error counts as bad data when it is a {@link SerializationException} and
     * nothing in its causes speaks of the network or of a refusing registry.
     *
     * @param error thrown by a deserialiser, or wrapping that
     */
    public static boolean isBadData(Throwable error) {
        boolean unreadable = false;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable at = error; at != null && seen.add(at); at = at.getCause()) {
            if (at instanceof UnreadableRecordException) {
                return true;
            }
            if (at instanceof RegistryException || isNetwork(at)) {
                return false;
            }
            Integer code = restErrorCode(at);
            if (code != null) {
                return code == SCHEMA_NOT_FOUND;
            }
            unreadable |= at instanceof SerializationException || at instanceof AvroRuntimeException;
        }
        return unreadable;
    }

    /** Avro says that a record ends too early with an {@link EOFException}; any other {@link IOException} is the network. */
    private static boolean isNetwork(Throwable error) {
        if (!(error instanceof IOException)) {
            return false;
        }
        return !(error instanceof EOFException)
                || Arrays.stream(error.getStackTrace()).limit(3).noneMatch(frame -> frame.getClassName()
                        .startsWith("org.apache.avro."));
    }

    /** The error code of Confluent's {@code RestClientException}, which this program does not have on its class path. */
    private static @Nullable Integer restErrorCode(Throwable error) {
        if (!error.getClass().getSimpleName().equals("RestClientException")) {
            return null;
        }
        try {
            return (Integer) error.getClass().getMethod("getErrorCode").invoke(error);
        } catch (ReflectiveOperationException | ClassCastException e) {
            return 0; // an answer of the registry of which nothing is known: not the record's fault
        }
    }
}
