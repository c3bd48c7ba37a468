package io.rolecall.sandbox;

import io.rolecall.service.EmbeddedKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * Kafka's own broker in this process: one node, broker and KRaft controller at once, on the loopback address. It lives in a
 * directory with its properties, a lock and the data.
 */
public final class InJvmKafka implements EmbeddedKafka {

    private static final String PLAINTEXT = "PLAINTEXT://" + BrokerListeners.LOOPBACK + ":0";

    @Override
    public Running start(Path directory) throws IOException {
        return start(directory, Map.of());
    }

    /**
     * Starts a broker whose properties differ from the usual.
     *
     * @param directory where its data live; created and formatted when new, used again when formatted
     * @param overrides broker properties by name. In {@code listeners} port 0 takes any that is free; the first is the one of
     *     {@link EmbeddedKafka.Running#bootstrapServers}, and the controller's is added
     * @return the broker, ready for clients
     * @throws IOException when the directory cannot be used, is in use by another broker, or the broker does not start
     */
    public static Broker start(Path directory, Map<String, String> overrides) throws IOException {
        Path home = Files.createDirectories(directory).toRealPath();
        FileChannel lock = lock(home);
        try {
            Properties properties = prepare(home, overrides);
            BrokerListeners listeners = BrokerListeners.of(properties);
            return new Broker(home, lock, listeners, started(home, properties));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Writes the properties of a broker into its directory and formats the data when they are new.
     *
     * @return the properties, with ports that were free a moment ago
     */
    static Properties prepare(Path home, Map<String, String> overrides) throws IOException {
        Path file = home.resolve("server.properties");
        Path data = home.resolve("data");
        BrokerListeners listeners =
                BrokerListeners.choose(overrides.getOrDefault(BrokerProperties.LISTENERS, PLAINTEXT), read(file));
        Properties properties = BrokerProperties.of(data, listeners, overrides);
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(out, "Written at every start");
        }
        if (Files.notExists(data.resolve("meta.properties"))) {
            format(file);
        }
        return properties;
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(in);
            }
        }
        return properties;
    }

    private static void format(Path file) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] arguments = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        int exitCode = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (exitCode != 0) {
            throw new IOException("The broker's directory cannot be formatted: "
                    + said.toString(StandardCharsets.UTF_8).strip());
        }
    }

    /** Two brokers on the same data would end this process, as Kafka's own check does. */
    private static FileChannel lock(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // Reported below, like a lock of another process.
        }
        channel.close();
        throw new IOException(
                "The directory " + home + " is in use by another broker: stop that one, or name another directory");
    }

    private static KafkaRaftServer started(Path home, Properties properties) throws IOException {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            server.shutdown();
            throw new IOException("The embedded broker in " + home + " did not start: " + e.getMessage(), e);
        }
    }

    /** A broker in this process that runs. Safe for use by several threads. */
    public static final class Broker implements Running {

        private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

        private final Path directory;
        private final FileChannel lock;
        private final BrokerListeners listeners;
        private final KafkaRaftServer server;
        private boolean closed;

        private Broker(Path directory, FileChannel lock, BrokerListeners listeners, KafkaRaftServer server) {
            this.directory = directory;
            this.lock = lock;
            this.listeners = listeners;
            this.server = server;
        }

        @Override
        public String bootstrapServers() {
            return listeners.address(listeners.first());
        }

        /**
         * Host and port of a listener.
         *
         * @throws IllegalArgumentException when there is none of that name
         */
        public String address(String listener) {
            return listeners.address(listener);
        }

        @Override
        public synchronized void close() {
            if (closed) {
                return;
            }
            closed = true;
            try {
                CompletableFuture.runAsync(server::shutdown, Broker::inBackground)
                        .orTimeout(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException e) {
                throw new IllegalStateException(
                        "The broker in " + directory + " did not stop as it should", e.getCause());
            } finally {
                release(lock);
            }
        }

        private static void inBackground(Runnable work) {
            Thread thread = new Thread(work, "embedded-kafka-stop");
            thread.setDaemon(true);
            thread.start();
        }

        private static void release(FileChannel lock) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The lock of the broker's directory cannot be released", e);
            }
        }
    }
}
