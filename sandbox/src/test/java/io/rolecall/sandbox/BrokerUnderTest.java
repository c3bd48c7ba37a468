package io.rolecall.sandbox;

import io.rolecall.service.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * One broker for all tests of a class: in a container where Docker answers, in this JVM elsewhere. Use it as a static field with
 * {@code @RegisterExtension}.
 */
public final class BrokerUnderTest implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

    private static final String IMAGE = "apache/kafka:4.3.1";

    private final Map<String, String> overrides;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private String bootstrapServers = "";

    public BrokerUnderTest() {
        this(Map.of());
    }

    /** A broker whose properties differ from the usual; no listeners among them. */
    public BrokerUnderTest(Map<String, String> overrides) {
        this.overrides = Map.copyOf(overrides);
    }

    /** Asked once in a test JVM, and told once. */
    private static final class Engine {

        static final boolean DOCKER = ask();

        private static boolean ask() {
            boolean answers = DockerClientFactory.instance().isDockerAvailable();
            String used = answers
                    ? "Broker tests run on " + IMAGE + " in a container."
                    : "Broker tests run on a broker in this JVM: no Docker answers.";
            System.out.println(used);
            System.err.println(used);
            return answers;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    public BrokerUnderTest start() {
        if (Engine.DOCKER) {
            KafkaContainer container = new KafkaContainer(DockerImageName.parse(IMAGE))
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
            overrides.forEach((name, value) ->
                    container.withEnv("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
            opened.push(container);
            container.start();
            bootstrapServers = container.getBootstrapServers();
        } else {
            try {
                TempDirectory directory = TempDirectory.create("rolecall-broker-");
                opened.push(directory);
                EmbeddedKafka.Running broker = InJvmKafka.start(directory.path(), overrides);
                opened.push(broker);
                bootstrapServers = broker.bootstrapServers();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    public String bootstrapServers() {
        if (bootstrapServers.isEmpty()) {
            throw new IllegalStateException("the broker is not started: annotate its field with @RegisterExtension");
        }
        return bootstrapServers;
    }

    /** A client of its own; the caller closes it. */
    public KafkaClient client() {
        return new KafkaClient(bootstrapServers());
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            closeQuietly(opened.pop());
        }
        bootstrapServers = "";
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
