package io.rolecall.network;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The organisation's networks, looked up by longest prefix as of event time. Implementations are safe for concurrent reads. */
public interface AddressTable {

    /**
     * Classifies an address.
     *
     * @param ip address as logged, with or without port, brackets or zone; may be null or unparsable, which is {@code UNKNOWN}
     * @param at event time
     */
    NetworkMatch lookup(@Nullable String ip, Instant at);

    /** Whether any network is loaded at all; without one nothing can be called external. */
    boolean isEmpty();

    /** Hash over the content, equal for equal content, whatever order it was loaded in; on every alert. */
    String version();
}
