package io.rolecall.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.alert.AlertJson;
import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.Rejected;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs the cases of a scenario through the topology, in every delivery they name. */
public final class ScenarioRunner {

    /** Later than any event: whether an event lies in the future is no matter of a detection. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2200-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final DetectorConfig config;
    private final Catalogue catalogue;

    /**
     * Runs against detections.
     *
     * @param config settings of the engine; lateness is not enforced, as in {@code scan}
     * @param catalogue the detections
     */
    public ScenarioRunner(DetectorConfig config, Catalogue catalogue) {
        this.config = config.forFiles();
        this.catalogue = catalogue;
    }

    /**
     * How a case went.
     *
     * @param name name of the case
     * @param failures what went wrong, one entry a delivery that failed; empty when all is well
     * @param runs number of deliveries tried; one that is the same as another of the case is tried once
     */
    public record Result(String name, List<String> failures, int runs) {

        public Result {
            failures = List.copyOf(failures);
        }

        public boolean ok() {
            return failures.isEmpty();
        }
    }

    /** Runs one case of a detection's scenario. */
    public Result run(String detection, Scenario.Case one) {
        List<String> failures = new ArrayList<>();
        int runs = 0;
        Optional<List<ObjectNode>> first = Optional.empty();
        Set<List<CaseEvent>> tried = new HashSet<>();
        for (Delivery delivery : one.deliveries()) {
            for (Delivery.Run run : delivery.runs(one.events())) {
                if (!tried.add(run.events())) {
                    continue;
                }
                runs++;
                List<ObjectNode> alerts = new ArrayList<>();
                String trouble = deliver(detection, one, run, alerts);
                if (trouble.isEmpty() && delivery != Delivery.BOTH_LOGS) {
                    trouble = first.map(expected -> AlertComparison.differences(expected, alerts))
                            .orElse("");
                    first = first.or(() -> Optional.of(alerts));
                }
                if (!trouble.isEmpty()) {
                    failures.add(run.name() + ": " + trouble);
                }
            }
        }
        return new Result(one.name(), failures, runs);
    }

    private String deliver(String detection, Scenario.Case one, Delivery.Run run, List<ObjectNode> alerts) {
        try (InProcessDetector detector =
                new InProcessDetector(config, catalogue, one.policy(), one.networks(), CLOCK)) {
            int line = 1;
            for (CaseEvent event : run.events()) {
                detector.feed(new Chunk(event.event(), run.name(), new int[] {line++}, new int[] {0}));
            }
            List<Alert> raised = detector.finish();
            List<Rejected> rejected = detector.drainRejected();
            if (!rejected.isEmpty()) {
                Rejected bad = rejected.get(0);
                return rejected.size() + " events rejected, the first as "
                        + bad.reason().label() + ": " + bad.message();
            }
            raised.stream()
                    .filter(alert -> one.only() || alert.getDetection().equals(detection))
                    .map(AlertJson::tree)
                    .forEach(alerts::add);
        }
        return new ExpectationMatch(one.expect()).differences(alerts);
    }
}
