package io.rolecall.topology;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Confidence;
import io.rolecall.detection.Detection;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Probe;
import io.rolecall.detection.ProbeCard;
import io.rolecall.event.SubjectKind;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PolicyFile;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Evidence;
import io.rolecall.source.split.Chunk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs detections that only tests have through the very topology, with any events, in any batches, with any waits between. */
final class ProbeRun {

    private ProbeRun() {}

    static Catalogue catalogue(List<Detection> detections) {
        return Catalogue.of(detections, Probe::page);
    }

    static ProbeCard card(String id, SubjectKind subject, Set<String> operations) {
        return new ProbeCard(id, subject, operations);
    }

    static Finding finding(String anchor, AppEvent act, Severity severity, String says, List<Permission> permissions) {
        return new Finding(
                List.of(anchor),
                act.getEventTime(),
                severity,
                Confidence.HIGH,
                "found " + anchor,
                says,
                List.of(act),
                1,
                List.of(),
                permissions,
                List.of(),
                false);
    }

    static InProcessDetector detector(List<Detection> detections, String yaml) {
        Catalogue catalogue = catalogue(detections);
        return new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                catalogue,
                PolicyFile.read("test", yaml, catalogue.parameters()),
                List.of(DetectorHarness.OFFICE),
                DetectorHarness.CLOCK);
    }

    static void feed(InProcessDetector detector, List<String> events) {
        detector.feed(new Chunk(
                String.join("\n", events).getBytes(StandardCharsets.UTF_8),
                "test.ndjson",
                IntStream.rangeClosed(1, events.size()).toArray(),
                new int[events.size()]));
    }

    /** A few different events. */
    static List<String> some(Random random, Function<Random, String> any) {
        return Stream.generate(() -> any.apply(random))
                .limit(4 + random.nextInt(9))
                .distinct()
                .toList();
    }

    /** The final alerts of events that come in this order, one a record. */
    static Map<String, String> inOrder(List<Detection> detections, String yaml, List<String> events) {
        try (InProcessDetector detector = detector(detections, yaml)) {
            events.forEach(event -> feed(detector, List.of(event)));
            return standing(detector.finish());
        }
    }

    /** The final alerts of events in any order, some several times, in any batches, with any waits between. */
    static Map<String, String> inAnyOrder(List<Detection> detections, String yaml, List<String> events, Random random) {
        List<String> delivered = new ArrayList<>(events);
        for (int i = random.nextInt(4); i > 0; i--) {
            delivered.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(delivered, random);
        try (InProcessDetector detector = detector(detections, yaml)) {
            for (int from = 0; from < delivered.size(); ) {
                int to = Math.min(delivered.size(), from + 1 + random.nextInt(3));
                feed(detector, delivered.subList(from, to));
                from = to;
                if (random.nextInt(3) == 0) {
                    detector.driver().advanceWallClockTime(Duration.ofSeconds(random.nextInt(90)));
                } else if (random.nextInt(4) == 0) {
                    detector.finish();
                }
            }
            return standing(detector.finish());
        }
    }

    /** Alerts that are not withdrawn, by id, each as one line of what was found; without the application's name, which is none of it. */
    static Map<String, String> standing(List<Alert> alerts) {
        Map<String, String> lines = new TreeMap<>();
        for (Alert alert : alerts) {
            if (!alert.getStatus().equals("withdrawn")) {
                lines.put(alert.getAlertId(), line(alert));
            }
        }
        return lines;
    }

    private static String line(Alert alert) {
        return String.join(
                " | ",
                alert.getDetection(),
                alert.getStatus(),
                alert.getSeverity(),
                alert.getExplanation(),
                alert.getPermissions().stream()
                        .map(AlertPermission::getValue)
                        .toList()
                        .toString(),
                alert.getEvidence().stream().map(Evidence::getEventId).toList().toString(),
                alert.getFirstEventTime().toString());
    }
}
