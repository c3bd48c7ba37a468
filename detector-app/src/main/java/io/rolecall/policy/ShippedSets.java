package io.rolecall.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The permission sets as shipped, each member with its source in {@code permission-sets.csv}. */
final class ShippedSets {

    /** The order of permissions wherever they are listed. */
    static final Comparator<Permission> ORDER = Comparator.comparing(Permission::resourceAppId)
            .thenComparing(Permission::value, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(Permission::type);

    /** The names of the sets, in the order of the documentation. */
    static final List<String> NAMES =
            List.of("permissive", "tier-0", "mailbox-wide", "mailbox-read-basic", "mail", "files", "risky-scopes");

    private static final Map<String, Set<Permission>> SHIPPED = read();

    private ShippedSets() {}

    /** A fresh, changeable copy. */
    static Map<String, Set<Permission>> copy() {
        Map<String, Set<Permission>> sets = new TreeMap<>();
        SHIPPED.forEach((name, members) -> {
            Set<Permission> copy = new TreeSet<>(ORDER);
            copy.addAll(members);
            sets.put(name, copy);
        });
        return sets;
    }

    private static Map<String, Set<Permission>> read() {
        Map<String, Set<Permission>> sets = new TreeMap<>();
        NAMES.forEach(name -> sets.put(name, new TreeSet<>(ORDER)));
        for (Map<String, String> row : ReferenceData.rows("policy/permission-sets.csv")) {
            String resource = ReferenceData.column(row, "resource");
            Permission permission = new Permission(
                    Resources.appId(resource).orElseThrow(() -> new IllegalStateException("No API " + resource)),
                    ReferenceData.column(row, "value"),
                    Permission.Type.ofLabel(ReferenceData.column(row, "type")));
            Set<Permission> set = sets.get(ReferenceData.column(row, "set"));
            if (set == null) {
                throw new IllegalStateException("No permission set " + row);
            }
            set.add(permission);
        }
        return sets;
    }
}
