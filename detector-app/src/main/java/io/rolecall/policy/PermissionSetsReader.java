package io.rolecall.policy;

import io.rolecall.config.Fields;
import io.rolecall.config.Nearest;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the section {@code permission-sets}: what the file adds to the shipped sets and removes from them. */
final class PermissionSetsReader {

    /** A permission's name; no wildcard is one. */
    static final String NAME_PATTERN = "[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}";

    static final List<String> TYPES = List.of("application", "delegated");

    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

    private PermissionSetsReader() {}

    static PermissionSets read(Optional<Fields> section) {
        Map<String, Set<Permission>> sets = ShippedSets.copy();
        section.ifPresent(fields -> {
            fields.known(ShippedSets.NAMES);
            sets.forEach((name, set) -> fields.fields(name).ifPresent(change -> change(change, set)));
        });
        return new PermissionSets(sets);
    }

    private static void change(Fields fields, Set<Permission> set) {
        fields.known(List.of("add", "remove"));
        fields.forEach("remove", entry -> permissions(entry, false).forEach(permission -> {
            if (!set.remove(permission) && entry.get("type").isPresent()) {
                entry.warning("value", "'" + permission.value() + "' is not in the set");
            }
        }));
        fields.forEach("add", entry -> set.addAll(permissions(entry, true)));
    }

    /** The permissions an entry names: one, or when it names no type, one of each type (to add: that the API publishes). */
    private static List<Permission> permissions(Fields entry, boolean adding) {
        entry.known(List.of("resource", "value", "type"));
        Optional<String> resource = entry.required("resource").flatMap(name -> resource(entry, name));
        Optional<String> value = entry.required("value").filter(name -> wellFormed(entry, name));
        Optional<Permission.Type> type = entry.word("type", TYPES).map(Permission.Type::ofLabel);
        if (resource.isEmpty() || value.isEmpty()) {
            return List.of();
        }
        return permissions(entry, resource.get(), value.get(), type, adding);
    }

    private static List<Permission> permissions(
            Fields entry, String resource, String written, Optional<Permission.Type> type, boolean adding) {
        Set<String> names = PermissionNames.names(resource);
        String value = PermissionNames.spelling(resource, written).orElse(written);
        if (!names.isEmpty() && !names.contains(value)) {
            entry.error(
                    "value",
                    "'" + value + "' is no permission of "
                            + Resources.shortName(resource).orElse(resource) + near(value, names));
            return List.of();
        }
        EnumSet<Permission.Type> types = type.map(EnumSet::of).orElseGet(() -> EnumSet.allOf(Permission.Type.class));
        if (adding && !names.isEmpty()) {
            if (type.isEmpty()) {
                types.removeIf(each -> !PermissionNames.exists(new Permission(resource, value, each)));
            } else if (!PermissionNames.exists(new Permission(resource, value, type.get()))) {
                entry.warning(
                        "type", value + " is not published as " + type.get().label() + " permission: never matches");
            }
            if (type.isEmpty() && !types.contains(Permission.Type.APPLICATION)) {
                entry.warning("value", value + " exists only as a delegated scope: counts only where scopes do");
            }
        }
        return types.stream().map(each -> new Permission(resource, value, each)).toList();
    }

    private static String near(String value, Set<String> names) {
        return Nearest.match(value, names)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("; allowed: the names that the API publishes");
    }

    private static Optional<String> resource(Fields entry, String name) {
        Optional<String> appId = Resources.appId(name);
        if (appId.isEmpty() && Guids.isGuid(name)) {
            return Optional.of(name.toLowerCase(Locale.ROOT));
        }
        if (appId.isEmpty()) {
            TreeSet<String> known = new TreeSet<>(Resources.shortNames());
            entry.error(
                    "resource",
                    "'" + name + "' is no known API; " + Nearest.hint(name, known)
                            + " (or the App ID of any other API)");
        }
        return appId;
    }

    private static boolean wellFormed(Fields entry, String value) {
        if (value.contains("*") || value.contains("?")) {
            entry.error("value", "'" + value + "' is a wildcard; permissions are named exactly, one entry each");
            return false;
        }
        if (!NAME.matcher(value).matches()) {
            entry.error("value", "'" + value + "' is no name of a permission; allowed: letters, digits and . _ : / -");
            return false;
        }
        return true;
    }
}
