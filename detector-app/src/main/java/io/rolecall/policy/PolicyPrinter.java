package io.rolecall.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rolecall.config.Durations;
import io.rolecall.event.Hashes;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes the effective policy, everything included, as a policy file that reads back to the same policy. */
public final class PolicyPrinter {

    private static final int VERSION_DIGITS = 32;

    private PolicyPrinter() {}

    /**
     * The policy as YAML, with its version in a comment. Shipped members that their API does not publish as that type are left out:
     * they never match, and reading them back would warn of what nobody wrote.
     */
    public static String print(Policy policy) {
        YAMLMapper mapper = YAMLMapper.builder()
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .build();
        try {
            return "# policy version " + policy.version() + "\n" + mapper.writeValueAsString(content(policy, false));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Maps of texts can always be written", e);
        }
    }

    /** First 32 hex digits of SHA-256 over the effective content; independent of key order, formatting and comments. */
    static String hash(Policy policy) {
        try {
            return Hashes.sha256(new ObjectMapper().writeValueAsString(content(policy, true)))
                    .substring(0, VERSION_DIGITS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Maps of texts can always be written", e);
        }
    }

    /** The effective content without the version, in a fixed order. */
    private static Map<String, Object> content(Policy policy, boolean unpublished) {
        Map<String, Object> content = new LinkedHashMap<>();
        Map<String, Object> detections = new TreeMap<>();
        policy.detections().forEach((id, settings) -> detections.put(id, settings(settings)));
        content.put("detections", detections);
        content.put(
                "organization",
                ordered(
                        "domains", policy.organization().domains(),
                        "protected-names", policy.organization().protectedNames()));
        content.put(
                "applications",
                ordered(
                        "approved", policy.applications().approved(),
                        "banned", policy.applications().banned()));
        content.put(
                "trusted-automation",
                policy.trustedAutomation().stream()
                        .map(trusted -> ordered(
                                "servicePrincipalId", trusted.servicePrincipalId(),
                                "networks", trusted.networks(),
                                "may", trusted.may()))
                        .toList());
        content.put(
                "federation",
                ordered(
                        "trusted",
                        policy.federation().trusted().stream()
                                .map(trusted -> ordered(
                                        "issuer", trusted.issuer(),
                                        "subject-prefix", trusted.subjectPrefix(),
                                        "networks", trusted.networks()))
                                .toList()));
        content.put("permission-sets", sets(policy.permissionSets(), unpublished));
        content.put(
                "exceptions",
                policy.exceptions().stream().map(PolicyPrinter::exception).toList());
        content.put(
                "output", ordered("minimum-severity", policy.minimumSeverity().label()));
        return content;
    }

    private static Map<String, Object> settings(Settings settings) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("enabled", settings.enabled());
        settings.severity().ifPresent(severity -> content.put("severity", severity.label()));
        new TreeMap<>(settings.values())
                .forEach((name, value) ->
                        content.put(name, value instanceof Duration duration ? Durations.text(duration) : value));
        return content;
    }

    /** Every member is added, and shipped ones that are gone are removed: reads back to the same whatever is shipped. */
    private static Map<String, Object> sets(PermissionSets sets, boolean unpublished) {
        Map<String, Set<Permission>> shipped = ShippedSets.copy();
        Map<String, Object> content = new LinkedHashMap<>();
        for (String name : ShippedSets.NAMES) {
            Set<Permission> members = sets.sets().getOrDefault(name, Set.of());
            Set<Permission> before = shipped.getOrDefault(name, Set.of());
            List<Permission> removed = before.stream()
                    .filter(permission -> !members.contains(permission))
                    .toList();
            List<Permission> added = members.stream()
                    .filter(permission ->
                            unpublished || !before.contains(permission) || PermissionNames.exists(permission))
                    .toList();
            content.put(name, ordered("add", permissions(added), "remove", permissions(removed)));
        }
        return content;
    }

    private static List<Map<String, Object>> permissions(Collection<Permission> permissions) {
        return permissions.stream()
                .sorted(ShippedSets.ORDER)
                .map(permission -> ordered(
                        "resource",
                        Resources.shortName(permission.resourceAppId()).orElse(permission.resourceAppId()),
                        "value",
                        permission.value(),
                        "type",
                        permission.type().label()))
                .toList();
    }

    private static Map<String, Object> exception(PolicyException exception) {
        return ordered(
                "id", exception.id(),
                "detections", exception.detections(),
                "match", new TreeMap<>(exception.match()),
                "reason", exception.reason(),
                "owner", exception.owner(),
                "expires", exception.expires().toString());
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            map.put((String) namesAndValues[index], namesAndValues[index + 1]);
        }
        return map;
    }
}
