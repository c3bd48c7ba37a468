package io.rolecall.policy;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The permissions that the known APIs publish: names by id and ids by name, whatever its case. Some events carry only the one, some only the other.
 * Keyed by API and type, because {@code User.Export.All} has one id for both types and Exchange shares ids with Graph.
 */
public final class PermissionNames {

    private record Key(String resourceAppId, Permission.Type type, String idOrValue) {}

    private static final Map<Key, String> VALUES = new HashMap<>();
    private static final Map<Key, String> IDS = new HashMap<>();
    private static final Map<Key, String> SPELLINGS = new HashMap<>();
    private static final Map<String, Set<String>> NAMES = new HashMap<>();

    static {
        ReferenceData.rows("reference/graph-permissions.csv").forEach(row -> add("microsoft-graph", row));
        ReferenceData.rows("reference/other-permissions.csv")
                .forEach(row -> add(ReferenceData.column(row, "resource"), row));
    }

    private PermissionNames() {}

    /**
     * Name of a permission.
     *
     * @param resourceAppId App ID of the API, in any case
     * @param type application (app role) or delegated (scope)
     * @param id id of the app role or scope, in any case
     */
    public static Optional<String> value(String resourceAppId, Permission.Type type, String id) {
        return Optional.ofNullable(VALUES.get(new Key(lower(resourceAppId), type, lower(id))));
    }

    /** A permission with its name as the API publishes it, in its case; unchanged when the API is not known to publish it. */
    public static Permission published(Permission permission) {
        String value = SPELLINGS.get(key(permission));
        return value == null || value.equals(permission.value())
                ? permission
                : new Permission(permission.resourceAppId(), value, permission.type());
    }

    /** Name as an API publishes it, of either type, for a name in any case; empty when it publishes none. */
    static Optional<String> spelling(String resourceAppId, String value) {
        return names(resourceAppId).stream().filter(value::equalsIgnoreCase).findFirst();
    }

    /** Id, lower case, of a permission; empty for one that is not known, or whose id is not published. */
    public static Optional<String> id(Permission permission) {
        return Optional.ofNullable(IDS.get(key(permission))).filter(id -> !id.isEmpty());
    }

    /** Whether an API publishes a permission of this name, in any case, and type. */
    public static boolean exists(Permission permission) {
        return IDS.containsKey(key(permission));
    }

    /** Names of all permissions of an API, of either type; empty for an API whose permissions are not known. */
    public static Set<String> names(String resourceAppId) {
        return new TreeSet<>(NAMES.getOrDefault(lower(resourceAppId), Set.of()));
    }

    private static void add(String resource, Map<String, String> row) {
        String appId = Resources.appId(resource).orElseThrow(() -> new IllegalStateException("No API " + resource));
        Permission.Type type = Permission.Type.ofLabel(ReferenceData.column(row, "type"));
        String value = ReferenceData.column(row, "value");
        String id = ReferenceData.column(row, "id");
        Key key = key(new Permission(appId, value, type));
        IDS.put(key, id);
        SPELLINGS.put(key, value);
        NAMES.computeIfAbsent(appId, api -> new TreeSet<>()).add(value);
        if (!id.isEmpty()) {
            VALUES.put(new Key(appId, type, id), value);
        }
    }

    private static Key key(Permission permission) {
        return new Key(lower(permission.resourceAppId()), permission.type(), lower(permission.value()));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
