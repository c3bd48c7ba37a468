package io.rolecall.cli;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.deployment.DeploymentPlan;
import io.rolecall.deployment.TopicCreation;
import io.rolecall.service.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** The broker of {@code run --embedded}, with its topics, and the configuration that points to it. */
final class LocalBroker implements AutoCloseable {

    /** One machine gains nothing by more. */
    private static final int PARTITIONS = 2;

    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String REGISTRY_URL = "schema.registry.url";

    /** Schema ids of this registry depend on the schemas alone, so that the broker stays readable after a restart. */
    private static final String REGISTRY = "mock://embedded";

    private final EmbeddedKafka.Running broker;
    private final Configuration configuration;

    private LocalBroker(EmbeddedKafka.Running broker, Configuration configuration) {
        this.broker = broker;
        this.configuration = configuration;
    }

    /**
     * Starts it and creates the topics that are missing.
     *
     * @param given the configuration, of which the brokers' addresses are replaced, and the registry's when there is none
     * @param directory where its data live; null for a directory within the state directory
     * @throws IOException when it does not start, or this distribution carries no broker
     */
    static LocalBroker start(Configuration given, @Nullable Path directory) throws IOException {
        EmbeddedKafka kafka = ServiceLoader.load(EmbeddedKafka.class)
                .findFirst()
                .orElseThrow(
                        () -> new IOException("this distribution carries no broker: --embedded is for trying out"));
        Path home = directory == null ? given.stateDir().resolve("embedded-kafka") : directory;
        EmbeddedKafka.Running broker = kafka.start(home);
        try {
            Configuration configuration = pointingTo(given, broker.bootstrapServers());
            try (Admin admin = Admin.create(ClientProperties.admin(configuration))) {
                new TopicCreation(admin, DeploymentPlan.of(configuration, PARTITIONS, OptionalInt.of(1))).run(false);
            }
            return new LocalBroker(broker, configuration);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    Configuration configuration() {
        return configuration;
    }

    @Override
    public void close() {
        broker.close();
    }

    private static Configuration pointingTo(Configuration given, String bootstrapServers) {
        Map<String, String> kafka = new HashMap<>(given.kafka());
        kafka.put(BOOTSTRAP, bootstrapServers);
        Map<String, String> registry = new HashMap<>(given.registry());
        registry.putIfAbsent(REGISTRY_URL, REGISTRY);
        return new Configuration(
                given.detector(),
                given.stateDir(),
                kafka,
                given.streams(),
                given.consumer(),
                given.producer(),
                registry,
                given.http(),
                given.secrets());
    }
}
