package io.rolecall.deployment;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic that a deployment needs.
 *
 * @param name its name
 * @param use what the service does with it
 * @param purpose what it carries, for people
 * @param partitions partitions it is created with
 * @param config settings of the topic under Kafka's names, ordered by name
 */
public record PlannedTopic(String name, Use use, String purpose, int partitions, Map<String, String> config) {

    /** What the service does with a topic. */
    public enum Use {
        /** Raw logs, which it reads. */
        RAW_LOGS,
        /** A compacted table, which it reads. */
        TABLE,
        /** Facts, which it writes and reads again. */
        FACTS,
        /** Results, which it writes. */
        RESULT,
        /** Imported facts, which the tools write and the service reads. */
        IMPORT;

        /** Whether the service reads it. */
        public boolean isRead() {
            return this != RESULT;
        }

        /** Whether the service writes it. */
        public boolean isWritten() {
            return this == FACTS || this == RESULT;
        }
    }

    public PlannedTopic {
        config = Collections.unmodifiableMap(new TreeMap<>(config));
    }
}
