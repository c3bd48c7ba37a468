package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.config.Configuration;
import io.rolecall.config.StreamsProperties;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Condition;
import io.rolecall.detection.Confidence;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.DetectionPage;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.PolicyFile;
import io.rolecall.policy.Severity;
import io.rolecall.registry.Registry;
import io.rolecall.registry.RegistryErrors;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Evidence;
import io.rolecall.schema.Incident;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.topology.DetectorObserver;
import io.rolecall.topology.DetectorTopology;
import io.rolecall.topology.StreamConsumers;
import io.rolecall.topology.TopicSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A detection that reads sign-ins alone raises and takes back alerts on a real broker. */
class RolledUpFactsOnBrokerTest {

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    private static final Instant AT = Instant.parse("2026-03-02T10:05:00Z");
    private static final int WRONG_SECRET = 7000215;
    private static final int FAILURES = 4;

    @TempDir
    private Path folder;

    /** So many failed sign-ins, no success before the first of them. */
    private static final class FailedSignIns implements Detection {

        @Override
        public String id() {
            return "failed-sign-ins";
        }

        @Override
        public Set<SubjectKind> subjects() {
            return Set.of(SubjectKind.APPLICATION);
        }

        @Override
        public Reads reads() {
            return Reads.of(List.of(Operations.SIGN_IN)).within(Duration.ofHours(1));
        }

        @Override
        public Evaluation evaluate(DetectionInput input) {
            List<SignInHour> hours = input.application().signIns(Instant.MIN, Instant.MAX, 512);
            List<SignInHour> failed = hours.stream()
                    .filter(hour -> !hour.getFailures().isEmpty())
                    .sorted(Comparator.comparing(SignInHour::getFirst))
                    .toList();
            long failures = failed.stream()
                    .flatMap(hour -> hour.getFailures().values().stream())
                    .mapToLong(Long::longValue)
                    .sum();
            boolean enough = failures >= FAILURES
                    && hours.stream().filter(hour -> hour.getSuccesses() > 0).noneMatch(hour -> hour.getFirst()
                            .isBefore(failed.get(0).getFirst()));
            Condition condition = enough
                    ? Condition.met("Enough", "There are enough.", List.of())
                    : Condition.notMet("Enough", "There are not enough.", List.of());
            List<AppEvent> evidence = failed.stream()
                    .map(hour -> hour.getFirstEvent().orElseThrow())
                    .toList();
            return Evaluation.of(enough ? List.of(finding(failures, evidence)) : List.of(), List.of(condition));
        }

        private static Finding finding(long failures, List<AppEvent> evidence) {
            return new Finding(
                    List.of(),
                    evidence.get(0).getEventTime(),
                    Severity.MEDIUM,
                    Confidence.HIGH,
                    failures + " failed sign-ins",
                    failures + " failed sign-ins.",
                    evidence,
                    failures,
                    List.of(),
                    List.of(),
                    List.of(),
                    false);
        }
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(Site.bytes(name)).toString();
    }

    private static String signIn(String name, Instant time, int code, String ip) {
        return """
                {"time":"%s","category":"ServicePrincipalSignInLogs","operationName":"Sign-in activity","tenantId":"75243ab2-44f8-435c-a7a6-b479385df6d4","resultType":"%d","properties":{"id":"%s","createdDateTime":"%s","appId":"%s","servicePrincipalId":"%s","servicePrincipalName":"crm","ipAddress":"%s","status":{"errorCode":%d},"servicePrincipalCredentialKeyId":"%s","resourceDisplayName":"Microsoft Graph"}}""".formatted(
                        time, code, id(name), time, id("application"), id("service principal"), ip, code, id("key"));
    }

    private static TopicSerdes serdes(Site site) {
        Registry registry = site.registry();
        registry.prepare(Map.of(
                site.topics().appEvents(), AppEvent.getClassSchema(),
                site.topics().alerts(), Alert.getClassSchema(),
                site.topics().incidents(), Incident.getClassSchema()));
        return new TopicSerdes(
                registry.serde(AppEvent.class),
                registry.serde(Alert.class),
                registry.serde(Incident.class),
                registry.serde(OrgNetwork.class),
                RegistryErrors::isBadData);
    }

    private static DetectionPage page(String id) {
        return new DetectionPage(
                id,
                "A probe",
                Severity.MEDIUM,
                1,
                List.of(),
                "A probe of the tests fires.",
                List.of(),
                List.of(),
                List.of(),
                "");
    }

    private KafkaStreams start(Site site) {
        Catalogue catalogue = Catalogue.of(List.of(new FailedSignIns()), RolledUpFactsOnBrokerTest::page);
        Configuration configuration = site.configuration("a");
        DetectorTopology topology = new DetectorTopology(
                configuration.detector(),
                catalogue,
                PolicyFile.defaults(catalogue.parameters()),
                "live",
                serdes(site),
                DetectorObserver.NONE,
                new BrokersNotAsked());
        Properties properties = StreamsProperties.of(
                configuration, DetectorTopology.properties(configuration.detector(), catalogue, new StreamConsumers()));
        KafkaStreams streams = new KafkaStreams(topology.build(new StreamsConfig(properties)), properties);
        streams.start();
        return streams;
    }

    private static Optional<Alert> last(Site site) {
        return Verdicts.last(site.alerts()).values().stream().findFirst();
    }

    @Test
    void an_alert_on_sign_ins_alone_is_raised_with_evidence_and_taken_back_by_an_earlier_success() {
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "rolled-up").create();
                KafkaStreams streams = start(site)) {
            // Given
            for (int i = 0; i < FAILURES; i++) {
                site.client()
                        .produce(
                                site.topics().entraSignIn(),
                                signIn("f" + i, AT.plusSeconds(i), WRONG_SECRET, "198.51.100.7"));
            }
            await("the alert").atMost(Site.PATIENCE).until(() -> last(site).isPresent());
            assertThat(last(site).orElseThrow().getEvidence())
                    .extracting(Evidence::getEventId, Evidence::getPosition)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(
                            id("f0"), site.topics().entraSignIn() + "/0/0/0"));

            // When
            site.client()
                    .produce(site.topics().entraSignIn(), signIn("earlier", AT.minusSeconds(60), 0, "198.51.100.8"));

            // Then
            await("the withdrawal").atMost(Site.PATIENCE).until(() -> last(site)
                    .filter(alert -> alert.getStatus().equals("withdrawn"))
                    .isPresent());
            assertThat(streams.state().isRunningOrRebalancing()).isTrue();
        }
    }
}
