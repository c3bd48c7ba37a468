package io.rolecall.deployment;

import io.rolecall.config.Configuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** Topics and rights as resources of the Strimzi operator, API version v1 (Strimzi 0.49 and later). */
public final class StrimziResources {

    private static final String HEAD = """
            apiVersion: kafka.strimzi.io/v1
            kind: %s
            metadata:
              name: %s
              labels:
                strimzi.io/cluster: %s
            """;

    /** Names of Kubernetes' resources (RFC 1123): what a topic may be called beyond that goes into {@code topicName}. */
    private static final Pattern RESOURCE_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private final String cluster;

    /**
     * For a cluster.
     *
     * @param cluster name of the operator's {@code Kafka} resource
     */
    public StrimziResources(String cluster) {
        this.cluster = cluster;
    }

    /**
     * The resources as YAML documents.
     *
     * @param principal to whom the rights are given; of {@code User:rolecall} the name after the colon is the user's
     */
    public String render(DeploymentPlan plan, Configuration configuration, String principal) {
        List<String> documents = new ArrayList<>();
        plan.topics().forEach(topic -> documents.add(topic(topic, plan)));
        documents.add(user(plan.access(), configuration, principal.substring(principal.indexOf(':') + 1)));
        return String.join("---\n", documents);
    }

    private String topic(PlannedTopic topic, DeploymentPlan plan) {
        String name = resourceName(topic.name());
        StringBuilder yaml = new StringBuilder("# ").append(topic.purpose()).append('\n');
        yaml.append(HEAD.formatted("KafkaTopic", name, cluster)).append("spec:\n");
        if (!name.equals(topic.name())) {
            yaml.append("  topicName: ").append(quoted(topic.name())).append('\n');
        }
        yaml.append("  partitions: ").append(topic.partitions()).append('\n');
        plan.replicationFactor()
                .ifPresent(
                        replicas -> yaml.append("  replicas: ").append(replicas).append('\n'));
        yaml.append("  config:\n");
        plan.configOf(topic).forEach((key, value) -> yaml.append("    ")
                .append(key)
                .append(": ")
                .append(value.matches("[0-9]+") ? value : quoted(value))
                .append('\n'));
        return yaml.toString();
    }

    private String user(AccessPlan access, Configuration configuration, String user) {
        StringBuilder yaml = new StringBuilder(HEAD.formatted("KafkaUser", resourceName(user), cluster));
        yaml.append("spec:\n");
        authentication(configuration).ifPresent(type -> yaml.append("  authentication:\n    type: ")
                .append(type)
                .append('\n'));
        yaml.append("  authorization:\n    type: simple\n    acls:\n");
        Map<ResourcePattern, List<AccessRule>> byResource = new LinkedHashMap<>();
        access.rules().forEach(rule -> byResource
                .computeIfAbsent(rule.resource(), resource -> new ArrayList<>())
                .add(rule));
        byResource.forEach((resource, rules) -> {
            yaml.append("      - resource:\n          type: ")
                    .append(resourceType(resource))
                    .append("\n          name: ")
                    .append(quoted(resource.name()))
                    .append("\n          patternType: ")
                    .append(resource.patternType() == PatternType.PREFIXED ? "prefix" : "literal")
                    .append("\n        operations:\n");
            rules.forEach(rule -> yaml.append("          - ")
                    .append(rule.operationName())
                    .append("  # ")
                    .append(rule.reason())
                    .append('\n'));
        });
        return yaml.toString();
    }

    private static String resourceType(ResourcePattern resource) {
        return switch (resource.resourceType()) {
            case TRANSACTIONAL_ID -> "transactionalId";
            default -> resource.resourceType().name().toLowerCase(Locale.ROOT);
        };
    }

    /** The operator makes credentials of two kinds; a user who logs in with a token is known elsewhere. */
    private static Optional<String> authentication(Configuration configuration) {
        Map<String, String> kafka = configuration.kafka();
        if (kafka.getOrDefault("security.protocol", "").equalsIgnoreCase("SSL")) {
            return Optional.of("tls");
        }
        return kafka.getOrDefault("sasl.mechanism", "").equals("OAUTHBEARER")
                ? Optional.empty()
                : Optional.of("scram-sha-512");
    }

    private static String resourceName(String name) {
        if (RESOURCE_NAME.matcher(name).matches()) {
            return name;
        }
        // Different topics must not share a resource: a name that had to be changed carries a hash of what it was.
        String near =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-").replaceAll("^[.-]+|[.-]+$", "");
        String cut = near.substring(0, Math.min(near.length(), 240));
        return (cut.isEmpty() ? "topic" : cut) + "-" + Integer.toHexString(name.hashCode());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
