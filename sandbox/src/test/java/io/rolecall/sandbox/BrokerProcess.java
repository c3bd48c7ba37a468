package io.rolecall.sandbox;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Kafka as a process that can be killed and started again on the same ports and data. */
public final class BrokerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final String bootstrapServers;
    private JavaProcess process;

    private BrokerProcess(Path directory, String bootstrapServers) {
        this.directory = directory;
        this.bootstrapServers = bootstrapServers;
        this.process = launch();
    }

    public static BrokerProcess start(Path directory) {
        return start(directory, Map.of());
    }

    /** Starts it in a directory, new or of an earlier start, and waits until clients are served. */
    public static BrokerProcess start(Path directory, Map<String, String> overrides) {
        Map<String, String> all = new HashMap<>();
        // After a kill the broker comes back only when its old session has ended.
        all.put("broker.session.timeout.ms", "2000");
        all.put("broker.heartbeat.interval.ms", "500");
        all.putAll(overrides);
        try {
            Path home = directory.toRealPath();
            Properties properties = InJvmKafka.prepare(home, all);
            BrokerListeners listeners = BrokerListeners.of(properties);
            BrokerProcess broker = new BrokerProcess(home, listeners.address(listeners.first()));
            try {
                broker.awaitReady();
                return broker;
            } catch (RuntimeException | Error e) {
                broker.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** A client of its own; the caller closes it. */
    public KafkaClient client() {
        return new KafkaClient(bootstrapServers);
    }

    /** {@code kill -9}. */
    public void kill() {
        process.close();
    }

    /** {@code kill -STOP}: its connections stay, and nobody answers on them. */
    public void freeze() {
        process.signal("STOP");
    }

    /** {@code kill -TERM}, and waits until it has ended. */
    public void stop() {
        process.terminate();
        process.exitCode(PATIENCE);
        process.close();
    }

    /** Starts it again after {@link #kill} or {@link #stop}, without waiting until it serves. */
    public void launchAgain() {
        process = launch();
    }

    /** Starts it again after {@link #kill} or {@link #stop}, and waits until clients are served. */
    public void restart() {
        launchAgain();
        awaitReady();
    }

    public void awaitReady() {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200))) {
            await("broker " + bootstrapServers)
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> serves(admin));
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private boolean serves(Admin admin) throws InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("the broker has ended; it said:\n" + process.output());
        }
        try {
            return !admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        }
    }

    private JavaProcess launch() {
        return JavaProcess.start(
                directory.resolve("broker.log"),
                List.of("-Xmx256m"),
                List.of("kafka.Kafka", directory.resolve("server.properties").toString()));
    }
}
