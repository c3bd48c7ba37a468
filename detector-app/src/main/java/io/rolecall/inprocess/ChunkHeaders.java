package io.rolecall.inprocess;

import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.DateOrder;
import io.rolecall.source.split.Reason;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Carries the places of a file chunk's elements through the topology, where a record's own place would say nothing. */
public final class ChunkHeaders {

    private static final String FILE = "rolecall.file";
    private static final String LINES = "rolecall.lines";
    private static final String INDEXES = "rolecall.indexes";
    private static final String DATES = "rolecall.dates";
    private static final String SIZE = "rolecall.broken.size";
    private static final String REASON = "rolecall.broken.reason";
    private static final String MESSAGE = "rolecall.broken.message";

    private ChunkHeaders() {}

    static Headers of(Chunk chunk) {
        Headers headers = new RecordHeaders()
                .add(FILE, chunk.file().getBytes(StandardCharsets.UTF_8))
                .add(LINES, bytes(chunk.lines()))
                .add(INDEXES, bytes(chunk.indexes()))
                .add(DATES, chunk.dates().label().getBytes(StandardCharsets.UTF_8));
        Chunk.Broken broken = chunk.broken();
        if (broken != null) {
            Reason reason = broken.reason();
            headers.add(
                    SIZE,
                    ByteBuffer.allocate(Long.BYTES).putLong(0, broken.size()).array());
            headers.add(REASON, (reason == null ? "" : reason.name()).getBytes(StandardCharsets.UTF_8));
            headers.add(MESSAGE, broken.message().getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    /** The chunk that a record is; empty for a record that is no chunk of a file. */
    public static Optional<Chunk> chunk(byte[] value, Headers headers) {
        if (headers.lastHeader(FILE) == null) {
            return Optional.empty();
        }
        int[] lines = ints(headers.lastHeader(LINES).value());
        int[] indexes = ints(headers.lastHeader(INDEXES).value());
        DateOrder dates = DateOrder.ofLabel(text(headers, DATES)).orElseThrow();
        return Optional.of(new Chunk(value, text(headers, FILE), lines, indexes, dates, broken(headers)));
    }

    private static Chunk.@Nullable Broken broken(Headers headers) {
        Header size = headers.lastHeader(SIZE);
        if (size == null) {
            return null;
        }
        String reason = text(headers, REASON);
        return new Chunk.Broken(
                ByteBuffer.wrap(size.value()).getLong(),
                reason.isEmpty() ? null : Reason.valueOf(reason),
                text(headers, MESSAGE));
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Integer.BYTES);
        buffer.asIntBuffer().put(values);
        return buffer.array();
    }

    private static int[] ints(byte[] bytes) {
        IntBuffer buffer = ByteBuffer.wrap(bytes).asIntBuffer();
        int[] values = new int[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
