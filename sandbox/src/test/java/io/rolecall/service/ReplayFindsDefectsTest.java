package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.acts.App;
import io.rolecall.acts.DirectoryAct;
import io.rolecall.acts.DirectoryActs;
import io.rolecall.acts.DirectoryActs.Circumstances;
import io.rolecall.acts.EntraShape;
import io.rolecall.acts.Json;
import io.rolecall.acts.Person;
import io.rolecall.acts.Role;
import io.rolecall.acts.Tenant;
import io.rolecall.acts.UserAgents;
import io.rolecall.cli.ExitCode;
import io.rolecall.deployment.CommandLineRun;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Reads;
import io.rolecall.detection.read.Registered;
import io.rolecall.detection.rule.PrivilegedRoleGranted;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.sandbox.BrokerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A detection that was changed without a new version is found among differences that have their reasons. */
class ReplayFindsDefectsTest {

    private static final Tenant TENANT = new Tenant(1);
    private static final DirectoryActs ACTS = new DirectoryActs(TENANT);
    private static final String ADDRESS = "203.0.113.77";
    private static final Person ADMIN = new Person(
            "e4c722ac-3b83-478d-8f52-c388885dc30f",
            "admin@contoso.com",
            "Admin Example",
            "10032000AAAAAAAA",
            ADDRESS,
            ADDRESS,
            true);

    private static final App OLD = TENANT.app("Registered long ago");
    private static final App USUAL = TENANT.app("Judged by another policy");
    private static final App SLOW = TENANT.app("Granted what arrives late");
    private static final App OVERLOOKED = TENANT.app("Overlooked by the changed detection");

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    /** Overlooks every role of an application whose registration is known: a fault that anybody could make. */
    private static final class Overlooking implements Detection {

        private final Detection meant = new PrivilegedRoleGranted();

        @Override
        public String id() {
            return meant.id();
        }

        @Override
        public Set<SubjectKind> subjects() {
            return meant.subjects();
        }

        @Override
        public Reads reads() {
            return meant.reads();
        }

        @Override
        public List<Param<?>> parameters() {
            return meant.parameters();
        }

        @Override
        public Evaluation evaluate(DetectionInput in) {
            Evaluation right = meant.evaluate(in);
            return Registered.of(in.history()).isEmpty() ? right : Evaluation.of(List.of(), right.conditions());
        }

        static Catalogue among(Catalogue others) {
            List<Detection> detections = new ArrayList<>(others.all());
            detections.replaceAll(one -> one instanceof PrivilegedRoleGranted ? new Overlooking() : one);
            return Catalogue.of(detections, id -> others.page(others.byId(id).orElseThrow()));
        }
    }

    @Test
    void a_changed_detection_is_unexplained_beside_policy_late_and_cold_start() throws Exception {
        // Given
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "planted-defect")
                .with("revision-interval: 0s")
                .with("lateness: 1m")
                .with("idle-after: 10s")
                .create()) {
            String topic = site.topics().entraAudit();
            Replays.keepTimes(site);
            live(site, Overlooking.among(Catalogue.shipped()));
            Path policy = Files.writeString(
                    folder.resolve("policy.yaml"), "detections:\n  single-tenant-app-abuse: { severity: low }\n");
            String directory = folder.resolve("gathered").toString();
            CommandLineRun gathered = Replays.command(
                    site, "--from", "2024-09-15T00:00:00Z", "--to", "2030-01-01T00:00:00Z", "--dir", directory);
            assertThat(gathered.exitCode()).as(gathered.err()).isZero();

            // When
            Told all = compared(site, "--resume", directory, "--policy", policy.toString());
            Told others = compared(
                    site,
                    "--resume",
                    directory,
                    "--policy",
                    policy.toString(),
                    "--app",
                    OLD.appId(),
                    "--app",
                    USUAL.appId(),
                    "--app",
                    SLOW.appId());

            // Then
            assertThat(all.run().exitCode()).as(all.run().err()).isEqualTo(ExitCode.FOUND);
            assertThat(all.reasons())
                    .containsEntry("privileged-role-granted of " + OVERLOOKED.name(), "new unexplained")
                    .containsEntry("single-tenant-app-abuse of " + USUAL.name(), "changed policy")
                    .containsEntry("single-tenant-app-abuse of " + SLOW.name(), "new late")
                    .containsEntry("privileged-role-granted of " + OLD.name(), "new cold-start");
            assertThat(all.reasons().values().stream().filter(reason -> reason.contains("unexplained")))
                    .hasSize(1);
            assertThat(all.because().get("single-tenant-app-abuse of " + SLOW.name()))
                    .contains("refused by live as late: " + topic + "/0/9/0");
            assertThat(all.because().get("privileged-role-granted of " + OLD.name()))
                    .contains(topic + "/0/0/0");
            assertThat(others.run().exitCode()).as(others.run().err()).isZero();
            assertThat(others.reasons().values()).contains("changed policy", "new late", "new cold-start");
        }
    }

    /** Months go by until what arrives last lies further back than the service's history. */
    private static void live(Site site, Catalogue catalogue) throws InterruptedException {
        String topic = site.topics().entraAudit();
        try (DetectorService service = site.start("a", catalogue)) {
            site.client()
                    .produce(List.of(
                            added(topic, "2024-05-01T09:00:00Z", OLD),
                            added(topic, "2024-10-01T09:00:00Z", USUAL),
                            added(topic, "2024-10-02T09:00:00Z", SLOW),
                            added(topic, "2024-10-03T09:00:00Z", OVERLOOKED),
                            granted(topic, "2024-10-04T09:00:00Z", OLD, Role.MAIL_READ, "2024-10-04T09:00:00Z"),
                            granted(topic, "2024-10-05T09:00:00Z", USUAL, Role.MAIL_READ, "2024-10-05T09:00:00Z"),
                            granted(
                                    topic,
                                    "2024-10-06T09:00:00Z",
                                    OVERLOOKED,
                                    Role.DIRECTORY_READ_WRITE,
                                    "2024-10-06T09:00:00Z"),
                            added(topic, "2024-12-20T09:00:00Z", TENANT.app("Registered in December")),
                            added(topic, "2024-12-21T09:00:00Z", TENANT.app("Registered the day after"))));
            await("the service has come to December").atMost(Site.PATIENCE).until(() -> Site.get(service, "/info")
                    .contains("\"eventTime\":\"2024-12-2"));
            site.client()
                    .produce(List.of(
                            granted(topic, "2024-10-07T09:00:00Z", SLOW, Role.MAIL_READ, "2024-12-21T10:00:00Z")));
            site.awaitQuarantined(Set.of(topic + "/0/9/0"));
            site.awaitRead();
        }
    }

    private static ProducerRecord<byte[], byte[]> added(String topic, String time, App app) {
        return record(topic, time, ACTS.addApplication(at(time), app));
    }

    private static ProducerRecord<byte[], byte[]> granted(
            String topic, String time, App app, Role role, String arrival) {
        return record(topic, arrival, ACTS.addAppRole(at(time), app, role));
    }

    private static Circumstances at(String time) {
        Instant instant = Instant.parse(time);
        return new Circumstances(
                instant,
                "5d0a3f31-2a4f-4f6f-9a55-%012d".formatted(instant.getEpochSecond()),
                new DirectoryAct.ByUser(ADMIN, Optional.of(ADDRESS)),
                UserAgents.EDGE);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String arrival, DirectoryAct act) {
        String event =
                Json.text(new EntraShape(TENANT.id()).diagnostic(act, "Directory_" + act.correlationId() + "_ABCDE_1"));
        return new ProducerRecord<>(topic, 0, Instant.parse(arrival).toEpochMilli(), null, Site.bytes(event));
    }

    /**
     * A comparison with live.
     *
     * @param reasons kind and reason of each difference, by detection and application
     * @param because the reason in a sentence
     */
    private record Told(CommandLineRun run, Map<String, String> reasons, Map<String, String> because) {}

    private Told compared(Site site, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--fail-on-diff");
        Replays.Compared compared =
                Replays.compared(site, folder.resolve("differences.ndjson"), all.toArray(String[]::new));
        Map<String, String> names = new TreeMap<>();
        List.of(OLD, USUAL, SLOW, OVERLOOKED).forEach(app -> names.put(app.appId(), app.name()));
        Map<String, String> reasons = new TreeMap<>();
        Map<String, String> because = new TreeMap<>();
        for (JsonNode difference : compared.ofAlerts()) {
            String subject = difference.path("subject").asText();
            String alert = difference.path("detection").asText() + " of " + names.getOrDefault(subject, subject);
            reasons.put(
                    alert,
                    difference.path("difference").asText() + " "
                            + difference.path("reason").asText());
            because.put(alert, difference.path("because").asText());
        }
        return new Told(compared.run(), reasons, because);
    }
}
