package io.rolecall.deployment;

import io.rolecall.deployment.BrokerTopics.Existing;
import io.rolecall.deployment.PlannedTopic.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Compares the settings of one existing topic with what the service relies on. */
final class SettingsCheck {

    private static final String ALTER = "kafka-configs.sh --alter --entity-type topics --entity-name ";

    private final PlannedTopic planned;
    private final Map<String, String> config;
    private final List<Shortcoming> findings = new ArrayList<>();

    private SettingsCheck(PlannedTopic planned, Map<String, String> config) {
        this.planned = planned;
        this.config = config;
    }

    /** What is wrong with a topic; nothing for one whose settings cannot be seen. */
    static List<Shortcoming> of(PlannedTopic planned, Existing existing) {
        SettingsCheck check = new SettingsCheck(planned, existing.config());
        if (existing.isConfigKnown()) {
            check.cleanup();
            check.largestRecord();
            check.timestamps();
        }
        return check.findings;
    }

    private void cleanup() {
        String policy = value(TopicConfig.CLEANUP_POLICY_CONFIG);
        boolean compacts = policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT);
        boolean deletes = policy.contains(TopicConfig.CLEANUP_POLICY_DELETE);
        if (planned.use() == Use.TABLE && (!compacts || deletes)) {
            findings.add(Shortcoming.error(
                    "topic " + planned.name() + " has cleanup.policy=" + policy + ": networks would be forgotten after "
                            + value(TopicConfig.RETENTION_MS_CONFIG) + " ms, and every address be called external",
                    set(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
        }
        if (planned.use() == Use.FACTS && compacts) {
            findings.add(Shortcoming.error(
                    "topic " + planned.name() + " has cleanup.policy=" + policy
                            + ": of all facts of an application only the last would be kept",
                    set(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE)));
        }
    }

    private void largestRecord() {
        String needed = planned.config().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        String found = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        if (planned.use().isWritten()
                && needed != null
                && found != null
                && Long.parseLong(found) < Long.parseLong(needed)) {
            findings.add(Shortcoming.warning(
                    "topic " + planned.name() + " takes records of at most " + found + " bytes: a larger one of "
                            + planned.purpose() + " would be refused (up to " + needed + " are planned for)",
                    set(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, needed)));
        }
    }

    private void timestamps() {
        String retention = value(TopicConfig.RETENTION_MS_CONFIG);
        boolean deletes = value(TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_DELETE);
        if (planned.use().isWritten()
                && deletes
                && !retention.equals("-1")
                && value(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals("CreateTime")) {
            findings.add(Shortcoming.warning(
                    "topic " + planned.name()
                            + " has message.timestamp.type=CreateTime: records that carry the time of an"
                            + " old event are deleted at once, since retention.ms=" + retention + " counts from it",
                    set(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")));
        }
    }

    private String value(String key) {
        return config.getOrDefault(key, "");
    }

    private String set(String key, String value) {
        return ALTER + planned.name() + " --add-config " + key + "=" + value;
    }
}
