package io.rolecall.benchmarks;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.PolicyFile;
import io.rolecall.source.split.Chunk;
import io.rolecall.state.StoredBytes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Bytes of keys and values in each store for an application that is registered, gets a service principal and is granted one
 * permission; then those of the memory for baselines, which is kept only for detections that declare it. Argument: number of
 * applications (default 20000).
 */
public final class StateSize {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final int APPLICATIONS = 20_000;
    private static final int A_CHUNK = 200;

    private StateSize() {}

    public static void main(String[] arguments) {
        int applications = arguments.length > 0 ? Integer.parseInt(arguments[0]) : APPLICATIONS;
        Machine.describe(System.out);
        SyntheticApplications made = SyntheticApplications.fromStory();
        try (InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                Catalogue.shipped(),
                PolicyFile.defaults(Catalogue.shipped().parameters()),
                List.of(),
                CLOCK)) {
            for (int from = 0; from < applications; from += A_CHUNK) {
                detector.feed(chunk(made, from, Math.min(applications, from + A_CHUNK)));
            }
            int alerts = detector.finish().size();
            if (!made.isKnown(0, detector) || !made.isKnown(applications - 1, detector)) {
                throw new IllegalStateException("The applications have no history under their App IDs");
            }
            System.out.printf(Locale.ROOT, "%,d applications, %,d alerts%n", applications, alerts);
            StoredBytes.of(detector)
                    .forEach((store, size) -> System.out.printf(
                            Locale.ROOT,
                            "%-32s %,9d entries, %8.1f bytes an application%n",
                            store,
                            size.count(),
                            (double) size.bytes() / applications));
        }
        MemorySize.print();
    }

    private static Chunk chunk(SyntheticApplications made, int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            made.lines(i).forEach(line -> lines.append(line).append('\n'));
        }
        byte[] value = lines.toString().getBytes(StandardCharsets.UTF_8);
        int count = made.linesEach() * (to - from);
        int[] numbers = new int[count];
        Arrays.setAll(numbers, i -> made.linesEach() * from + i + 1);
        return new Chunk(value, "applications.ndjson", numbers, new int[count]);
    }
}
