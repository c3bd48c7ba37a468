package io.rolecall.deployment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Reads the commands of {@code topics print --format kafka} as Kafka's own tool does, so that exactly these are granted. */
final class PrintedRights {

    private PrintedRights() {}

    static List<AclBinding> of(String script) {
        return script.lines()
                .filter(line -> line.startsWith("kafka-acls.sh "))
                .map(PrintedRights::binding)
                .toList();
    }

    private static AclBinding binding(String command) {
        ResourceType type = command.contains(" --topic ")
                ? ResourceType.TOPIC
                : command.contains(" --group ") ? ResourceType.GROUP : ResourceType.TRANSACTIONAL_ID;
        String name = option(command, type.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElseThrow();
        PatternType pattern = PatternType.fromString(
                option(command, "resource-pattern-type").orElse("literal").toUpperCase(Locale.ROOT));
        AclOperation operation = AclOperation.fromString(option(command, "operation")
                .orElseThrow()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT));
        String principal = option(command, "allow-principal").orElseThrow();
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    private static Optional<String> option(String command, String name) {
        Matcher matcher = Pattern.compile(" --" + name + " (\\S+)").matcher(command);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
