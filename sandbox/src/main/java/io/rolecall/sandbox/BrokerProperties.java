package io.rolecall.sandbox;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Properties of a single node that is broker and KRaft controller at once, small and quick to start. */
final class BrokerProperties {

    static final String LISTENERS = "listeners";
    static final String PROTOCOLS = "listener.security.protocol.map";
    static final String DATA = "log.dirs";
    static final String CONTROLLER = "CONTROLLER";

    private static final String NODE_ID = "1";

    private BrokerProperties() {}

    /**
     * The properties over listeners whose ports are chosen.
     *
     * @param data directory of the logs
     * @param listeners all listeners, the controller's among them
     * @param overrides what the caller wants otherwise
     */
    static Properties of(Path data, BrokerListeners listeners, Map<String, String> overrides) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("process.roles", "broker,controller");
        values.put("node.id", NODE_ID);
        // Static voters: a dynamic quorum would write the controller's port into the data, and it may differ at the
        // next start.
        values.put("controller.quorum.voters", NODE_ID + "@" + listeners.address(CONTROLLER));
        values.put("controller.listener.names", CONTROLLER);
        values.put("inter.broker.listener.name", listeners.first());
        values.put(DATA, data.toString());
        values.putAll(singleNode());
        values.putAll(small());
        values.putAll(overrides);
        values.put(LISTENERS, listeners.toString());
        values.put(PROTOCOLS, protocols(overrides.getOrDefault(PROTOCOLS, "PLAINTEXT:PLAINTEXT")));
        Properties properties = new Properties();
        properties.putAll(values);
        return properties;
    }

    /** One node cannot replicate; the usual three would keep the internal topics from being made. */
    private static Map<String, String> singleNode() {
        return Map.of(
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1");
    }

    private static Map<String, String> small() {
        Map<String, String> values = new LinkedHashMap<>();
        // A missing topic must show, as it does on a broker in production.
        values.put("auto.create.topics.enable", "false");
        values.put("group.initial.rebalance.delay.ms", "0");
        // The usual fifty of each would cost seconds at the first commit.
        values.put("offsets.topic.num.partitions", "1");
        values.put("transaction.state.log.num.partitions", "1");
        values.put("share.coordinator.state.topic.num.partitions", "1");
        // A broker that was killed reads these logs twice before it serves, and Kafka 4.3 mixes the two readings up
        // when the
        // first takes longer than its session (docs/decisions/standing-still.md). Only whole segments are compacted; of
        // the
        // usual 100 MiB they would grow to seconds of reading.
        values.put("offsets.topic.segment.bytes", "1048576");
        values.put("transaction.state.log.segment.bytes", "1048576");
        // The cleaner would take 128 MiB of heap at start.
        values.put("log.cleaner.dedupe.buffer.size", "2097152");
        values.put("num.network.threads", "2");
        values.put("num.io.threads", "4");
        values.put("background.threads", "2");
        return values;
    }

    private static String protocols(String given) {
        return given.contains(CONTROLLER + ":") ? given : given + "," + CONTROLLER + ":PLAINTEXT";
    }
}
