package io.rolecall.benchmarks;

import io.rolecall.detection.Catalogue;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.ElementSink;
import io.rolecall.source.LogDecoder;
import io.rolecall.source.split.BareSplit;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.NeededOperations;
import io.rolecall.source.split.Positions;
import io.rolecall.source.split.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cost of an event that no detection needs: alone in its record, in a batch, and the bare search for its end in that batch. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SkipCost {

    private static final int A_BATCH = 400;
    private static final Instant REFERENCE = Instant.parse("2030-01-01T00:00:00Z");

    private final LogDecoder decoder = new LogDecoder(
            DecodeSettings.DEFAULT, NeededOperations.of(Catalogue.shipped().operations()));
    private final BareSplit split = new BareSplit();
    private final Positions positions = index -> "";
    private final Skipped skipped = new Skipped();
    private final byte[] lone = event().getBytes(StandardCharsets.UTF_8);
    private final byte[] batch = (event() + "\n").repeat(A_BATCH).getBytes(StandardCharsets.UTF_8);

    @Benchmark
    public long alone() {
        decoder.decode(lone, positions, REFERENCE, skipped);
        return skipped.count;
    }

    @Benchmark
    @OperationsPerInvocation(A_BATCH)
    public long inBatch() {
        decoder.decode(batch, positions, REFERENCE, skipped);
        return skipped.count;
    }

    @Benchmark
    @OperationsPerInvocation(A_BATCH)
    public long bareSearchInBatch() {
        return split.count(batch);
    }

    /** A diagnostic record of an update of a user, of about 2 KB. */
    private static String event() {
        String change =
                "{\"displayName\":\"AssignedLicense\",\"oldValue\":\"[\\\"[SkuName=E3]\\\"]\",\"newValue\":\"[]\"}";
        return "{\"time\":\"2025-03-03T08:00:00.1234567Z\",\"resourceId\":\"/tenants/6f0b5d0e-7d5f-4e7e-9a51-0f7d3c1f2b6a/providers/"
                + "Microsoft.aadiam\",\"operationName\":\"Update user\",\"operationVersion\":\"1.0\",\"category\":\"AuditLogs\","
                + "\"properties\":{\"id\":\"Directory_1\",\"targetResources\":[{\"type\":\"User\",\"modifiedProperties\":["
                + (change + ",").repeat(14)
                + change
                + "]}]}}";
    }

    /** Counts what is skipped and takes nothing else. */
    private static final class Skipped implements ElementSink {

        private long count;

        @Override
        public void decoded(List<AppEvent> events) {
            throw new IllegalStateException("the event was decoded");
        }

        @Override
        public void skipped() {
            count++;
        }

        @Override
        public void rejected(Rejected rejected) {
            throw new IllegalStateException("the event was rejected: " + rejected.message());
        }
    }
}
