package io.rolecall.topology;

import io.rolecall.config.ErrorWords;
import io.rolecall.event.AvroJson;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Positions;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Records of {@code rolecall.quarantine}: key, headers and value as the contract's section 3 says. */
public final class QuarantineRecords {

    static final String REASON = "rolecall.reason";
    static final String MESSAGE = "rolecall.message";
    static final String SIZE = "rolecall.size";

    private QuarantineRecords() {}

    static Record<String, Routed> of(Rejected rejected, long timestamp) {
        return record(rejected, "decode", null, timestamp);
    }

    /** What could not be taken in at a stage after decoding, under its position. */
    static Record<String, Routed> of(Rejected rejected, String stage, long timestamp) {
        return record(rejected, stage, null, timestamp);
    }

    /** An event on which an error of ours struck. */
    static Rejected failure(AppEvent event, RuntimeException error) {
        byte[] fact = AvroJson.toLine(event).getBytes(StandardCharsets.UTF_8);
        return new Rejected(
                Reason.PROCESSING_ERROR, ErrorWords.of(error), event.getPosition(), head(fact), fact.length);
    }

    /** The bytes of a record that cannot be read at all. */
    static Rejected unreadable(String position, byte[] value, String message) {
        return rejected(Reason.NOT_AN_EVENT, position, value, message);
    }

    /** A record that is refused as a whole. */
    static Rejected rejected(Reason reason, String position, byte[] value, String message) {
        return new Rejected(reason, message, position, head(value), value.length);
    }

    /** The position of a record that is one element. */
    static String positionOf(RecordMetadata metadata) {
        return Positions.ofRecord(metadata.topic(), metadata.partition(), metadata.offset())
                .position(0);
    }

    private static byte[] head(byte[] bytes) {
        return bytes.length <= Rejected.MOST_BYTES ? bytes : Arrays.copyOf(bytes, Rejected.MOST_BYTES);
    }

    /** A fact that came too late for its history. */
    static Record<String, Routed> late(AppEvent event, String message, long timestamp) {
        byte[] fact = AvroJson.toLine(event).getBytes(StandardCharsets.UTF_8);
        return record(
                new Rejected(Reason.LATE, message, event.getPosition(), head(fact), fact.length),
                QuarantineRemedies.HISTORY,
                null,
                timestamp);
    }

    /**
     * A fact on which processing failed. It stays readable with its position, and the next fact lives.
     *
     * @param stage {@code identify} or {@code resolve-addresses} for a step on the way, {@code history} when the fact was not taken in, {@code detect} when it was and its evaluation failed
     */
    static Record<String, Routed> failed(AppEvent event, String stage, RuntimeException error, long timestamp) {
        return record(failure(event, error), stage, error, timestamp);
    }

    /** Whether a record of the topic was refused for a reason; one without a reason was for none. */
    public static boolean isFor(Reason reason, Headers headers) {
        return headers.lastHeader(REASON) != null && header(headers, REASON).equals(reason.label());
    }

    /** Reads a record of the topic back. */
    public static Rejected read(String position, byte[] element, Headers headers) {
        return new Rejected(
                Reason.valueOf(header(headers, REASON)
                        .toUpperCase(java.util.Locale.ROOT)
                        .replace('-', '_')),
                header(headers, MESSAGE),
                position,
                element,
                Long.parseLong(header(headers, SIZE)));
    }

    private static Record<String, Routed> record(
            Rejected rejected, String stage, @Nullable RuntimeException error, long timestamp) {
        Headers headers = new RecordHeaders();
        put(headers, REASON, rejected.reason().label());
        put(headers, MESSAGE, rejected.message());
        put(headers, "rolecall.stage", stage);
        String[] parts = rejected.position().split("/", -1);
        if (parts.length == 4) {
            put(headers, "rolecall.topic", parts[0]);
            put(headers, "rolecall.partition", parts[1]);
            put(headers, "rolecall.offset", parts[2]);
        }
        put(headers, "rolecall.index", parts[parts.length - 1]);
        put(headers, SIZE, Long.toString(rejected.size()));
        return new Record<>(rejected.position(), new Routed.Quarantine(rejected, stage, error), timestamp, headers);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
