package io.rolecall.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Carries the timestamp of the raw record with its facts, so that the time to an alert can be told. The topics' own timestamps are
 * those of appending.
 */
final class IngestTime {

    private static final MillisHeader HEADER = new MillisHeader("rolecall.ingested");

    private IngestTime() {}

    static Headers headers(long millis) {
        return HEADER.with(new RecordHeaders(), millis);
    }

    /** How long ago the raw record was appended, never negative; empty for facts that waited on the way. */
    static Optional<Duration> since(Headers headers, long nowMillis) {
        return of(headers).map(at -> Duration.ofMillis(Math.max(0, nowMillis - at.toEpochMilli())));
    }

    /** When the raw record was appended; empty for facts that waited on the way. */
    static Optional<Instant> of(Headers headers) {
        OptionalLong millis = HEADER.read(headers);
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }
}
