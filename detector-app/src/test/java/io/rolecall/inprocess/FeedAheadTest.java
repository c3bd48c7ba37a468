package io.rolecall.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.PolicyFile;
import io.rolecall.scenario.CaseEvent;
import io.rolecall.scenario.ShippedScenarios;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.DateOrder;
import io.rolecall.source.split.Rejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Decoding ahead is to change nothing but the time that it takes. */
class FeedAheadTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2030-01-01T00:00:00.123456789Z"), ZoneOffset.UTC);

    /** What came of some chunks. */
    private record Outcome(List<Alert> alerts, List<String> rejected, Summary summary) {}

    private static InProcessDetector detector() {
        Catalogue catalogue = Catalogue.shipped();
        return new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                catalogue,
                PolicyFile.defaults(catalogue.parameters()),
                List.of(),
                CLOCK);
    }

    /** The first case of every detection, and after each what is no event and what is broken. */
    private static List<Chunk> chunks() throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        for (var scenario : ShippedScenarios.all(Catalogue.shipped())) {
            for (CaseEvent event : scenario.cases().get(0).events()) {
                chunks.add(chunk(event.event(), chunks.size() + 1));
            }
            chunks.add(chunk("[1,2]{\"no\":".getBytes(StandardCharsets.UTF_8), chunks.size() + 1));
            chunks.add(new Chunk(
                    "{".getBytes(StandardCharsets.UTF_8),
                    "file",
                    new int[] {chunks.size() + 1},
                    new int[] {0},
                    DateOrder.MONTH_FIRST,
                    new Chunk.Broken(1, null, "")));
        }
        return chunks;
    }

    private static Chunk chunk(byte[] value, int line) {
        return new Chunk(value, "file", new int[] {line}, new int[] {0});
    }

    private static void feed(List<Chunk> chunks, InProcessDetector detector, Consumer<Chunk> way, List<String> told) {
        for (Chunk chunk : chunks) {
            way.accept(chunk);
            detector.drainRejected().forEach(rejected -> told.add(place(rejected)));
        }
    }

    private static String place(Rejected rejected) {
        return rejected.position() + " " + rejected.reason() + " " + rejected.message();
    }

    private static Outcome outcome(InProcessDetector detector, List<String> rejected) {
        List<Alert> alerts = detector.finish();
        detector.drainRejected().forEach(one -> rejected.add(place(one)));
        return new Outcome(alerts, rejected, detector.summary());
    }

    @Test
    void what_is_decoded_ahead_is_found_refused_and_counted_as_what_is_not() throws IOException {
        // Given
        List<Chunk> chunks = chunks();
        List<String> refused = new ArrayList<>();
        Outcome expected;
        try (InProcessDetector detector = detector()) {
            feed(chunks, detector, detector::feed, refused);
            expected = outcome(detector, refused);
        }

        // When
        List<String> refusedAhead = new ArrayList<>();
        Outcome ahead;
        try (InProcessDetector detector = detector();
                FeedAhead feed = detector.ahead()) {
            feed(chunks, detector, feed::take, refusedAhead);
            feed.summary();
            ahead = outcome(detector, refusedAhead);
        }

        // Then
        assertThat(expected.alerts()).hasSizeGreaterThan(20);
        assertThat(expected.rejected()).hasSizeGreaterThan(60);
        assertThat(ahead).isEqualTo(expected);
    }

    @Test
    void a_summary_counts_everything_taken_so_far() throws IOException {
        // Given
        List<Chunk> chunks = chunks().subList(0, 2);

        // When
        Summary summary;
        try (InProcessDetector detector = detector();
                FeedAhead feed = detector.ahead()) {
            chunks.forEach(feed::take);
            summary = feed.summary();
        }

        // Then
        assertThat(summary.in()).isEqualTo(2);
    }
}
