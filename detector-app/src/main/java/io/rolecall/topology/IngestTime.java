package io.rolecall.topology;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Carries the timestamp of the raw record with its facts, so that the time to an alert can be told. The topics' own timestamps are
 * those of appending.
 */
final class IngestTime {

    private static final String NAME = "rolecall.ingested";

    private IngestTime() {}

    static Headers headers(long millis) {
        return new RecordHeaders()
                .add(NAME, ByteBuffer.allocate(Long.BYTES).putLong(millis).array());
    }

    /** How long ago the raw record was appended, never negative; empty for facts that waited on the way. */
    static Optional<Duration> since(Headers headers, long nowMillis) {
        return of(headers).map(at -> Duration.ofMillis(Math.max(0, nowMillis - at.toEpochMilli())));
    }

    /** When the raw record was appended; empty for facts that waited on the way. */
    static Optional<Instant> of(Headers headers) {
        Header header = headers.lastHeader(NAME);
        return header == null || header.value() == null || header.value().length != Long.BYTES
                ? Optional.empty()
                : Optional.of(
                        Instant.ofEpochMilli(ByteBuffer.wrap(header.value()).getLong()));
    }
}
