package io.rolecall.deployment;

import java.util.Locale;
import org.apache.kafka.common.resource.PatternType;

/** Topics and rights as command lines of Kafka's own tools. */
public final class KafkaCommands {

    private static final String TOPICS = "kafka-topics.sh";
    private static final String ACLS = "kafka-acls.sh";

    private final String bootstrap;

    /**
     * For a broker.
     *
     * @param bootstrapServers addresses as in {@code bootstrap.servers}
     */
    public KafkaCommands(String bootstrapServers) {
        this.bootstrap = bootstrapServers;
    }

    /**
     * A shell script that creates the topics and grants the rights; running it again changes nothing.
     *
     * @param principal to whom the rights are given, for example {@code User:rolecall}
     */
    public String script(DeploymentPlan plan, String principal) {
        StringBuilder script = new StringBuilder("""
                #!/bin/sh
                # Topics and access rights of Rolecall, for the tools of Apache Kafka 3.3 and later.
                # A secured broker: KAFKA_OPTIONS='--command-config admin.properties'
                set -eu
                """);
        script.append('\n');
        for (PlannedTopic topic : plan.topics()) {
            script.append("# ").append(topic.purpose()).append('\n');
            script.append(create(topic, plan)).append('\n');
        }
        script.append("\n# What ").append(principal).append(" may do, and no more.\n");
        for (AccessRule rule : plan.access().rules()) {
            script.append(allow(rule, principal))
                    .append("  # ")
                    .append(rule.reason())
                    .append('\n');
        }
        return script.toString();
    }

    /** The command that grants one right. */
    public String allow(AccessRule rule, String principal) {
        String type =
                rule.resource().resourceType().name().toLowerCase(Locale.ROOT).replace('_', '-');
        boolean prefixed = rule.resource().patternType() == PatternType.PREFIXED;
        return command(ACLS) + " --add --allow-principal " + ShellWord.of(principal) + " --operation "
                + rule.operationName() + " --" + type + " "
                + ShellWord.of(rule.resource().name())
                + (prefixed ? " --resource-pattern-type prefixed" : "");
    }

    private String create(PlannedTopic topic, DeploymentPlan plan) {
        StringBuilder command = new StringBuilder(command(TOPICS))
                .append(" --create --if-not-exists --topic ")
                .append(ShellWord.of(topic.name()))
                .append(" --partitions ")
                .append(topic.partitions());
        plan.replicationFactor()
                .ifPresent(replicas -> command.append(" --replication-factor ").append(replicas));
        plan.configOf(topic)
                .forEach((name, value) -> command.append(" --config ").append(ShellWord.of(name + "=" + value)));
        return command.toString();
    }

    private String command(String tool) {
        return tool + " --bootstrap-server " + ShellWord.of(bootstrap) + " ${KAFKA_OPTIONS:-}";
    }
}
