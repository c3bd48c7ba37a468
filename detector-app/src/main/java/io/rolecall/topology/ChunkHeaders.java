package io.rolecall.topology;

import io.rolecall.source.Chunk;
import io.rolecall.source.Positions;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Carries the places of a file chunk's elements through the topology, where a record's own place would say nothing. */
final class ChunkHeaders {

    private static final String FILE = "rolecall.file";
    private static final String LINES = "rolecall.lines";
    private static final String INDEXES = "rolecall.indexes";

    private ChunkHeaders() {}

    static Headers of(Chunk chunk) {
        return new RecordHeaders()
                .add(FILE, chunk.file().getBytes(StandardCharsets.UTF_8))
                .add(LINES, bytes(chunk.lines()))
                .add(INDEXES, bytes(chunk.indexes()));
    }

    /** Empty for a record that is no chunk of a file. */
    static Optional<Positions> positions(Headers headers) {
        Header file = headers.lastHeader(FILE);
        if (file == null) {
            return Optional.empty();
        }
        String name = new String(file.value(), StandardCharsets.UTF_8);
        int[] lines = ints(headers.lastHeader(LINES).value());
        int[] indexes = ints(headers.lastHeader(INDEXES).value());
        return Optional.of(new Chunk(new byte[0], name, lines, indexes).positions());
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
