package io.rolecall.source.split;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.ElementSink;
import io.rolecall.source.LogDecoder;
import io.rolecall.source.Needed;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Skipping what no detection needs allocates nothing (architecture section 5). Counts bytes, measures no time. */
class SkipAllocationTest {

    private static final int ROUNDS = 20_000;
    private static final String EVENT = "{\"time\":\"2024-02-08T21:49:53Z\",\"operationName\":\"Update user\","
            + "\"properties\":{\"id\":\"1\",\"targets\":[{\"a\":\"x\"},{\"b\":\"y\"}]}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                EVENT,
                "[" + EVENT + "," + EVENT + "]",
                "{\"records\":[" + EVENT + "," + EVENT + "]}",
                EVENT + "\n" + EVENT,
                "{\"TimeGenerated\":\"x\",\"OperationName\":\"Update user\",\"Result\":\"success\"}",
            })
    void skipping_allocates_nothing(String record) {
        // Given
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        LogDecoder decoder = new LogDecoder(DecodeSettings.DEFAULT, Needed.BY_DETECTIONS);
        CountingSink sink = new CountingSink();
        Positions positions = Positions.ofRecord("t", 0, 0);
        decodeAll(decoder, bytes, positions, sink);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);

        // When
        decodeAll(decoder, bytes, positions, sink);

        // Then
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertThat(sink.skipped % (2L * ROUNDS)).isZero();
        assertThat(allocated / ROUNDS).isZero();
    }

    private static void decodeAll(LogDecoder decoder, byte[] bytes, Positions positions, ElementSink sink) {
        for (int i = 0; i < ROUNDS; i++) {
            decoder.decode(bytes, positions, Instant.EPOCH, sink);
        }
    }

    private static final class CountingSink implements ElementSink {

        long skipped;

        @Override
        public void decoded(List<AppEvent> events) {
            throw new AssertionError("nothing here is needed");
        }

        @Override
        public void skipped() {
            skipped++;
        }

        @Override
        public void rejected(Rejected rejected) {
            throw new AssertionError(rejected.message());
        }
    }
}
