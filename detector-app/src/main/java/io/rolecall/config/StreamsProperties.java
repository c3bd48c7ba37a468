package io.rolecall.config;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The properties of the Kafka Streams application: what differs from Kafka's defaults, each with the reason, and over it what the
 * configuration gives. How the defaults were chosen: {@code docs/decisions/kafka-streams-settings.md}.
 */
public final class StreamsProperties {

    /** The largest record that we write, and so read back: a decoded element and an alert may exceed Kafka's 1 MiB. */
    public static final int MOST_RECORD_BYTES = 8 << 20;

    /** What the topology relies on, and no configuration may change. */
    private static final Set<String> FIXED = Set.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            StreamsConfig.STATE_DIR_CONFIG,
            StreamsConfig.GROUP_PROTOCOL_CONFIG,
            StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG);

    /** Deprecated from its introduction, because 5.0 has it on (KIP-1270); until then Kafka warns at every start without it. */
    private static final String GLOBAL_PROCESSING_HANDLER = "processing.exception.handler.global.enabled";

    private static final Duration EXACTLY_ONCE_COMMIT = Duration.ofMillis(200);
    private static final Duration AT_LEAST_ONCE_COMMIT = Duration.ofSeconds(1);

    private StreamsProperties() {}

    /**
     * Renders them.
     *
     * @param configuration the whole configuration
     * @param ofTopology properties that belong to the topology
     * @throws ConfigurationException when the brokers' addresses are missing, a secret cannot be resolved, or a property is given
     *     that the topology relies on
     */
    public static Properties of(Configuration configuration, Map<String, Object> ofTopology) {
        Map<String, String> given = ClientProperties.streams(configuration);
        refuseFixed(given);
        Map<String, Object> properties = new TreeMap<>();
        properties.put(
                StreamsConfig.APPLICATION_ID_CONFIG, configuration.detector().applicationId());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, configuration.stateDir().toString());
        properties.putAll(delivery(given));
        properties.putAll(processing());
        properties.putAll(state());
        properties.putAll(ofTopology);
        properties.putAll(clients());
        properties.putAll(ClientProperties.common(configuration));
        ClientProperties.consumerOnly(configuration)
                .forEach((key, value) -> properties.put(StreamsConfig.consumerPrefix(key), value));
        ClientProperties.producerOnly(configuration)
                .forEach((key, value) -> properties.put(StreamsConfig.producerPrefix(key), value));
        properties.putAll(given);
        Properties rendered = new Properties();
        rendered.putAll(properties);
        return rendered;
    }

    /** Whether a configuration asks for exactly-once, which is the default. */
    public static boolean isExactlyOnce(Configuration configuration) {
        return guarantee(configuration.streams()).equals(StreamsConfig.EXACTLY_ONCE_V2);
    }

    /**
     * How often Kafka Streams commits.
     *
     * @throws ConfigurationException when a secret cannot be resolved
     */
    public static Duration commitInterval(Configuration configuration) {
        String given = configuration.streams().get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
        if (given != null && given.strip().matches("\\d{1,18}")) {
            return Duration.ofMillis(Long.parseLong(given.strip()));
        }
        return isExactlyOnce(configuration) ? EXACTLY_ONCE_COMMIT : AT_LEAST_ONCE_COMMIT;
    }

    private static String guarantee(Map<String, String> given) {
        return given.getOrDefault(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }

    private static Map<String, Object> delivery(Map<String, String> given) {
        String guarantee = guarantee(given);
        boolean exactlyOnce = guarantee.equals(StreamsConfig.EXACTLY_ONCE_V2);
        return Map.of(
                // No alert lost and none twice, and counters that add up. At-least-once is the switch for sites that
                // trade it for latency: an alert's id makes a repetition harmless.
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                guarantee,
                // What an alert waits for is committed at once (PromptCommit). The interval is for the rest, and for a
                // backlog, in which a commit is some milliseconds when nothing is read.
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                (exactlyOnce ? EXACTLY_ONCE_COMMIT : AT_LEAST_ONCE_COMMIT).toMillis(),
                // After a crash, readers of committed records wait for the transaction to time out. Longer than Kafka
                // Streams' 10 s, which a long garbage collection or a slow disk exceeds; not longer than a member is
                // missed.
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                45_000);
    }

    private static Map<String, Object> processing() {
        return Map.of(
                // The rebalance protocol of the brokers (KIP-1071) has no static membership and no warm-up replicas in
                // 4.3, and took 7.5 s to RUNNING where a classic member that leaves its group takes 2 to 3 s.
                StreamsConfig.GROUP_PROTOCOL_CONFIG,
                "classic",
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                Runtime.getRuntime().availableProcessors(),
                // Of the logs that one task reads, the record appended first comes first, as long as the broker has
                // it: without that, a short log runs weeks of a backlog ahead of a long one, and what it tells has to
                // be kept until the others come. A log that is quiet is not waited for, since detections do not depend
                // on the order of arrival.
                StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
                0L,
                // Commits wait for the end of a poll that finds nothing: with Kafka's 100 ms every fiftieth alert
                // came 100 ms late.
                StreamsConfig.POLL_MS_CONFIG,
                20L,
                // Names of stores and internal topics are those of running installations (KIP-1111).
                StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
                true,
                // What goes wrong in the global store's processor is told like everything else.
                GLOBAL_PROCESSING_HANDLER,
                true,
                // Bad records are contained in the processors, where they can be counted in the state that
                // exactly-once covers; what still reaches Kafka's handlers is trouble of everybody, and by default they
                // end the process.
                StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG,
                "INFO");
    }

    private static Map<String, Object> state() {
        return Map.of(
                // A crash under exactly-once wipes the stores of a task, and restoring them takes time that a standby
                // saves (until KIP-892). It takes effect with the second instance.
                StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
                1,
                // The only cached stores are two with counters.
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                1L << 20,
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                MOST_RECORD_BYTES);
    }

    private static Map<String, Object> clients() {
        return Map.of(
                // Kafka Streams' own default of 100 ms is added to a hop that no commit follows at once; 0 costs the
                // brokers a request for every few records of a backlog.
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                5,
                // A transaction that begins while the brokers still end the one before is refused and tried again
                // (KIP-890); with Kafka's 100 ms one alert in a hundred waited that long. Later tries wait longer.
                StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                20,
                StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
                "lz4",
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                MOST_RECORD_BYTES);
    }

    private static void refuseFixed(Map<String, String> given) {
        var problems = given.keySet().stream()
                .filter(FIXED::contains)
                .sorted()
                .map(
                        key -> new Problem(
                                "configuration",
                                0,
                                "streams." + key,
                                "cannot be set here; application-id and state-dir are keys of their own, names of internal topics and the group protocol are fixed"))
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
