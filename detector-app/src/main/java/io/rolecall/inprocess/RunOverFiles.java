package io.rolecall.inprocess;

import io.rolecall.config.DetectorConfig;
import io.rolecall.source.DecodedElements;
import io.rolecall.source.split.Chunk;
import io.rolecall.topology.LocalRun;
import io.rolecall.topology.Sources;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.jspecify.annotations.Nullable;

/** State on the heap while it is small, and chunks that tell their elements' places in headers, or elements that are decoded
 * already. */
final class RunOverFiles implements LocalRun {

    private static final long MOST_HEAP_BYTES = 64L << 20;

    private final FedTopic sources;
    private @Nullable DecodedElements fed;

    RunOverFiles(DetectorConfig config) {
        this.sources = FedTopic.of(config);
    }

    @Override
    public Sources sources() {
        return sources;
    }

    @Override
    public KeyValueBytesStoreSupplier store(String name) {
        return HeapFirstStore.supplier(name, heapBytes());
    }

    @Override
    public Optional<Chunk> chunk(byte[] value, Headers headers) {
        return ChunkHeaders.chunk(value, headers);
    }

    /** The record that is fed next holds these elements. */
    void feeds(DecodedElements elements) {
        fed = elements;
    }

    @Override
    public Optional<DecodedElements> decoded() {
        Optional<DecodedElements> elements = Optional.ofNullable(fed);
        fed = null;
        return elements;
    }

    /** What one store may take of the heap; the stores together stay below a fourth of it. */
    private static long heapBytes() {
        return Math.min(MOST_HEAP_BYTES, Runtime.getRuntime().maxMemory() / 24);
    }
}
