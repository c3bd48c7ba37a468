package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolecall.alert.OcsfChecker;
import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Confidence;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Probe;
import io.rolecall.event.Operations;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What the readers of the OCSF topic are told of an alert whose severity changes, when they are told from high on. */
class OcsfTopicTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final List<String> EVENTS = List.of(
            RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE),
            RawEvents.addAppRole("crm", RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2026-03-02T10:00:00Z", OUTSIDE),
            RawEvents.addAppRole(
                    "crm",
                    "75359482-378d-4052-8f01-80520e7db3cd",
                    "Files.ReadWrite.All",
                    "2026-03-02T10:00:05Z",
                    OUTSIDE),
            RawEvents.addAppRole(
                    "crm",
                    "62a82d76-70ea-41e2-9197-370581804d09",
                    "Group.ReadWrite.All",
                    "2026-03-02T10:00:06Z",
                    OUTSIDE));

    /** As severe as the number of grants says; no finding where the course names no severity. */
    private static Evaluation wavering(DetectionInput input, List<Optional<Severity>> course) {
        List<AppEvent> acts = input.application().acts();
        long grants = acts.stream()
                .filter(act -> act.getOperation().equals(Operations.ADD_APP_ROLE))
                .count();
        List<Finding> findings = course.get((int) grants).stream()
                .map(severity -> new Finding(
                        List.of(),
                        acts.get(0).getEventTime(),
                        severity,
                        Confidence.HIGH,
                        "An application with " + grants + " grants",
                        "It has " + grants + " grants.",
                        acts,
                        acts.size(),
                        List.of(),
                        List.of(),
                        List.of(),
                        false))
                .toList();
        return Evaluation.of(findings, List.of());
    }

    private static List<JsonNode> told(Severity... course) throws JsonProcessingException {
        List<Optional<Severity>> severities =
                new ArrayList<>(Stream.of(course).map(Optional::of).toList());
        while (severities.size() < EVENTS.size()) {
            severities.add(Optional.empty());
        }
        return told(severities);
    }

    /** Everything that the topic holds after all events, with time between them for a revision each. */
    private static List<JsonNode> told(List<Optional<Severity>> course) throws JsonProcessingException {
        Detection detection =
                Catalogue.shipped().byId("single-tenant-app-abuse").orElseThrow();
        Catalogue catalogue = Probe.only(Probe.inPlaceOf(detection, input -> wavering(input, course)));
        Policy policy = PolicyFile.read("policy.yaml", "output: { minimum-severity: high }", catalogue.parameters());
        DetectorConfig config = DetectorConfig.DEFAULT.forFiles();
        try (InProcessDetector detector =
                new InProcessDetector(config, catalogue, policy, List.of(), DetectorHarness.CLOCK)) {
            var raw = detector.driver()
                    .createInputTopic(
                            config.topics().entraAudit(), new ByteArraySerializer(), new ByteArraySerializer());
            for (String event : EVENTS) {
                raw.pipeInput(new TestRecord<>(
                        null, event.getBytes(StandardCharsets.UTF_8), null, DetectorHarness.CLOCK.instant()));
                detector.driver().advanceWallClockTime(Duration.ofMinutes(1));
            }
            List<JsonNode> findings = new ArrayList<>();
            for (String value : detector.driver()
                    .createOutputTopic(config.topics().alertsOcsf(), new StringDeserializer(), new StringDeserializer())
                    .readValuesToList()) {
                findings.add(new ObjectMapper().readTree(value));
            }
            return findings;
        }
    }

    @Test
    void an_alert_that_was_told_of_is_told_of_to_its_end_however_harmless_it_becomes() throws JsonProcessingException {
        // When
        List<JsonNode> told = told(Severity.LOW, Severity.HIGH, Severity.LOW);

        // Then
        assertThat(told)
                .allSatisfy(finding -> assertThat(OcsfChecker.problems(finding)).isEmpty());
        assertThat(told)
                .extracting(
                        finding -> finding.get("activity_name").asText(),
                        finding -> finding.get("severity").asText(),
                        finding -> finding.get("status").asText())
                .containsExactly(
                        tuple("Create", "High", "New"),
                        tuple("Update", "Low", "New"),
                        tuple("Close", "Critical", "Deleted"));
        assertThat(told)
                .extracting(finding -> finding.at("/finding_info/uid").asText())
                .containsOnly(told.get(0).at("/finding_info/uid").asText());
    }

    @Test
    void an_alert_that_never_was_severe_enough_is_not_told_of_when_it_is_withdrawn_either()
            throws JsonProcessingException {
        // When
        List<JsonNode> told = told(Severity.LOW, Severity.MEDIUM, Severity.LOW);

        // Then
        assertThat(told).isEmpty();
    }

    @Test
    void a_withdrawn_alert_that_holds_again_is_opened_again() throws JsonProcessingException {
        // When
        List<JsonNode> told = told(List.of(
                Optional.of(Severity.HIGH), Optional.empty(), Optional.of(Severity.LOW), Optional.of(Severity.LOW)));

        // Then
        assertThat(told)
                .extracting(finding -> finding.get("activity_name").asText() + " "
                        + finding.get("status").asText())
                .containsExactly("Create New", "Close Deleted", "Update New", "Update New");
    }
}
