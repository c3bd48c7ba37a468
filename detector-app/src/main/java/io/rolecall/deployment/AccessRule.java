package io.rolecall.deployment;

import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * One thing that the service's principal must be allowed to do.
 *
 * @param resource on what: one by name, or all whose names begin so
 * @param operation what it does
 * @param reason why, for people
 */
public record AccessRule(ResourcePattern resource, AclOperation operation, String reason) {

    /** The operation as Kafka's tools write it: {@code Read}, {@code DescribeConfigs}. */
    public String operationName() {
        return camelCase(operation.name());
    }

    /** For people: {@code Read on topic entra.audit-logs}, {@code Write on transactional ids that begin with rolecall-}. */
    @Override
    public String toString() {
        String type = resource.resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return operationName() + " on "
                + (resource.patternType() == PatternType.PREFIXED ? type + "s that begin with " : type + " ")
                + resource.name();
    }

    /** Whether the rule is about a resource of this kind and name. */
    boolean covers(ResourcePattern other) {
        return resource.resourceType() == other.resourceType()
                && (resource.patternType() == PatternType.PREFIXED
                        ? other.name().startsWith(resource.name())
                        : other.name().equals(resource.name()));
    }

    private static String camelCase(String constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
