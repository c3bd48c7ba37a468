package io.rolecall.deployment;

import io.rolecall.config.Configuration;
import io.rolecall.config.StreamsProperties;
import io.rolecall.config.Topics;
import io.rolecall.deployment.PlannedTopic.Use;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics of a deployment, with the settings they need and why.
 *
 * @param topics the topics, inputs first
 */
public record TopicPlan(List<PlannedTopic> topics) {

    /** How far the work spreads when nobody says otherwise: six divides evenly among one, two, three and six instances. */
    public static final int USUAL_PARTITIONS = 6;

    /** Alerts are few; three partitions let three consumers share them. */
    private static final int FEW_PARTITIONS = 3;

    /**
     * Every instance reads the whole table of networks: more than one partition would only cost requests. An import is read once
     * and in order.
     */
    private static final int ONE_PARTITION = 1;

    /** A record of 1 MiB, as the sources deliver at most, and its key, headers and batch header. */
    private static final int RAW_BYTES = (1 << 20) + (64 << 10);

    /** What the service writes at most: the decoded fact of a record of 1 MiB can be larger than it, and so can an alert. */
    private static final int RESULT_BYTES = StreamsProperties.MOST_RECORD_BYTES;

    private static final Duration RAW_RETENTION = Duration.ofDays(30);
    private static final Duration FACTS_RETENTION = Duration.ofDays(45);
    private static final Duration ALERTS_RETENTION = Duration.ofDays(400);

    public TopicPlan {
        topics = List.copyOf(topics);
    }

    /** The plan of a configuration with the usual number of partitions. */
    public static TopicPlan of(Configuration configuration) {
        return of(configuration, USUAL_PARTITIONS);
    }

    /**
     * The plan of a configuration.
     *
     * @param partitions partitions of the topics over which the work spreads: raw logs and facts
     */
    public static TopicPlan of(Configuration configuration, int partitions) {
        Topics names = configuration.detector().topics();
        return new TopicPlan(List.of(
                rawLogs(names.entraAudit(), "raw Entra audit logs", partitions),
                rawLogs(names.entraSignIn(), "raw Entra sign-in logs", partitions),
                rawLogs(names.azureActivity(), "raw Azure activity logs", partitions),
                rawLogs(names.m365Audit(), "raw Microsoft 365 audit logs", partitions),
                new PlannedTopic(
                        names.networks(), Use.TABLE, "networks of the organisation", ONE_PARTITION, compacted()),
                new PlannedTopic(names.inventory(), Use.IMPORT, "imported facts", ONE_PARTITION, compacted()),
                new PlannedTopic(
                        names.appEvents(),
                        Use.FACTS,
                        "normalised facts by subject",
                        partitions,
                        kept(FACTS_RETENTION, RESULT_BYTES)),
                new PlannedTopic(
                        names.alerts(),
                        Use.RESULT,
                        "alerts in Avro",
                        FEW_PARTITIONS,
                        kept(ALERTS_RETENTION, RESULT_BYTES)),
                new PlannedTopic(
                        names.alertsOcsf(),
                        Use.RESULT,
                        "alerts as OCSF findings in JSON",
                        FEW_PARTITIONS,
                        kept(ALERTS_RETENTION, RESULT_BYTES)),
                new PlannedTopic(
                        names.incidents(),
                        Use.RESULT,
                        "incidents in Avro",
                        FEW_PARTITIONS,
                        kept(ALERTS_RETENTION, RESULT_BYTES)),
                new PlannedTopic(
                        names.incidentsOcsf(),
                        Use.RESULT,
                        "incidents as OCSF findings in JSON",
                        FEW_PARTITIONS,
                        kept(ALERTS_RETENTION, RESULT_BYTES)),
                new PlannedTopic(
                        names.quarantine(),
                        Use.RESULT,
                        "rejected elements with their reasons",
                        FEW_PARTITIONS,
                        kept(RAW_RETENTION, RESULT_BYTES))));
    }

    /** The topic of a name, when the plan has it. */
    public Optional<PlannedTopic> topic(String name) {
        return topics.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    private static PlannedTopic rawLogs(String name, String purpose, int partitions) {
        return new PlannedTopic(name, Use.RAW_LOGS, purpose, partitions, kept(RAW_RETENTION, RAW_BYTES));
    }

    private static Map<String, String> kept(Duration retention, int maxMessageBytes) {
        Map<String, String> config = common();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes));
        return config;
    }

    private static Map<String, String> compacted() {
        Map<String, String> config = common();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        return config;
    }

    private static Map<String, String> common() {
        Map<String, String> config = new TreeMap<>();
        // Brokers delete by the time of records. Events are days old when they arrive and months old in a replay: with
        // their own time as the record's, retention would delete them within minutes. Event time is read from the
        // value instead.
        config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        // Records stay as their producers compressed them; another choice would make the broker compress everything
        // again.
        config.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
        return config;
    }
}
