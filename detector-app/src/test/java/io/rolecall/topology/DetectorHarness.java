package io.rolecall.topology;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.Chunk;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The very topology, for tests: one raw event a record. */
public final class DetectorHarness implements AutoCloseable {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    static final OrgNetwork OFFICE =
            OrgNetwork.newBuilder().setCidr("203.0.113.0/24").setLabel("office").build();

    /** So often is progress told, from step to step. */
    private static final Duration TOLD = Duration.ofSeconds(10);

    private final InProcessDetector detector;
    private final boolean live;
    private int line;

    DetectorHarness(DetectorConfig config, List<OrgNetwork> networks) {
        this.live = config.boundedLateness();
        this.detector = new InProcessDetector(config, Catalogue.shipped(), policy(), networks, CLOCK);
    }

    public static DetectorHarness ofFiles() {
        return new DetectorHarness(DetectorConfig.DEFAULT.forFiles(), List.of(OFFICE));
    }

    static Policy policy() {
        return PolicyFile.defaults(Catalogue.shipped().parameters());
    }

    /** One event after the other; of a live service the low watermark follows each. */
    public DetectorHarness feed(String... events) {
        for (String event : events) {
            line++;
            detector.feed(
                    new Chunk(event.getBytes(StandardCharsets.UTF_8), "test.ndjson", new int[] {line}, new int[] {0}));
            if (live) {
                passes(TOLD).passes(TOLD);
            }
        }
        return this;
    }

    /** All events in one chunk. */
    DetectorHarness feedTogether(List<String> events) {
        detector.feed(new Chunk(
                String.join("\n", events).getBytes(StandardCharsets.UTF_8),
                "test.ndjson",
                IntStream.rangeClosed(1, events.size()).toArray(),
                new int[events.size()]));
        return this;
    }

    public DetectorHarness passes(Duration wallClock) {
        detector.driver().advanceWallClockTime(wallClock);
        return this;
    }

    List<Alert> alerts() {
        return detector.finish();
    }

    Optional<Alert> alert(String detection) {
        return alerts().stream()
                .filter(alert -> alert.getDetection().equals(detection))
                .findFirst();
    }

    public InProcessDetector detector() {
        return detector;
    }

    @Override
    public void close() {
        detector.close();
    }
}
