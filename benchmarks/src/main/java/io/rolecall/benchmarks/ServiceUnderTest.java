package io.rolecall.benchmarks;

import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.deployment.DeploymentPlan;
import io.rolecall.deployment.TopicCreation;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.PolicyFile;
import io.rolecall.service.DetectorService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;

/** A service with topics of its own on a broker, as its users start it. */
final class ServiceUnderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Configuration configuration;

    /**
     * Makes its topics.
     *
     * @param name application id, and prefix of every topic that is not given
     * @param rawTopic topic of the audit logs
     * @param streams lines of the section {@code streams}
     */
    ServiceUnderTest(
            String bootstrapServers,
            String name,
            String rawTopic,
            Path directory,
            Map<String, String> streams,
            int partitions) {
        StringBuilder text = new StringBuilder("application-id: " + name + "\nstate-dir: " + directory.resolve(name)
                + "\nlateness: 365d\nrevision-interval: 1h\n"
                + "topics: {entra-audit: " + rawTopic + ", entra-sign-in: " + name + ".2, azure-activity: " + name
                + ".3, m365-audit: " + name + ".4, networks: " + name + ".networks, app-events: " + name
                + ".events, alerts: " + name + ".alerts, alerts-ocsf: " + name + ".ocsf, quarantine: " + name
                + ".quarantine, incidents: " + name + ".incidents, incidents-ocsf: " + name
                + ".incidents.ocsf}\nkafka: {bootstrap.servers: \"" + bootstrapServers + "\"}\n"
                + "registry: {schema.registry.url: \"mock://benchmark\"}\nhttp: {port: 0}\nstreams:\n");
        streams.forEach((key, value) ->
                text.append("  ").append(key).append(": ").append(value).append('\n'));
        this.configuration = ConfigFile.read("benchmark", text.toString(), Map.of());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            new TopicCreation(admin, DeploymentPlan.of(configuration, partitions, OptionalInt.of(1))).run(false);
        }
    }

    String alertsTopic() {
        return configuration.detector().topics().alerts();
    }

    DetectorService start() {
        return DetectorService.start(
                configuration,
                Catalogue.shipped(),
                PolicyFile.defaults(Catalogue.shipped().parameters()),
                Clock.systemUTC());
    }

    /** Starts and waits until every task processes. */
    DetectorService startAndAwait() throws IOException, InterruptedException {
        DetectorService service = start();
        if (!service.awaitRunning(PATIENCE)) {
            service.close();
            throw new IOException("The service did not get to run within " + PATIENCE);
        }
        return service;
    }
}
