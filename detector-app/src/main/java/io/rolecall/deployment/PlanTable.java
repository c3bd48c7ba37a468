package io.rolecall.deployment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Topics and rights as two tables for people. */
public final class PlanTable {

    private PlanTable() {}

    /** The tables, each line ended. */
    public static String of(DeploymentPlan plan) {
        List<List<String>> topics = new ArrayList<>();
        topics.add(List.of("TOPIC", "PARTITIONS", "REPLICAS", "CLEANUP", "RETENTION", "LARGEST RECORD", "PURPOSE"));
        String replicas = plan.replicationFactor().isPresent()
                ? Integer.toString(plan.replicationFactor().getAsInt())
                : "broker's";
        for (PlannedTopic topic : plan.topics()) {
            Map<String, String> config = topic.config();
            topics.add(List.of(
                    topic.name(),
                    Integer.toString(topic.partitions()),
                    replicas,
                    config.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, ""),
                    retention(config),
                    largestRecord(config),
                    topic.purpose()));
        }
        return columns(topics) + "\n" + rights("RIGHT OF THE SERVICE", plan.access());
    }

    /**
     * Rights as a table, each line ended.
     *
     * @param whose heading of the column of rights
     */
    public static String rights(String whose, AccessPlan access) {
        List<List<String>> rules = new ArrayList<>();
        rules.add(List.of(whose, "BECAUSE IT"));
        access.rules().forEach(rule -> rules.add(List.of(rule.toString(), rule.reason())));
        return columns(rules);
    }

    private static String retention(Map<String, String> config) {
        String millis = config.get(TopicConfig.RETENTION_MS_CONFIG);
        return millis == null
                ? "for ever"
                : Duration.ofMillis(Long.parseLong(millis)).toDays() + "d";
    }

    private static String largestRecord(Map<String, String> config) {
        String bytes = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        return bytes == null ? "broker's" : Integer.parseInt(bytes) / 1024 + " KiB";
    }

    private static String columns(List<List<String>> rows) {
        int columns = rows.get(0).size();
        StringBuilder table = new StringBuilder();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                line.append(row.get(column))
                        .append(" ".repeat(widths[column] - row.get(column).length() + 2));
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }
}
