package io.rolecall.policy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Named sets of permissions, by exact (resource, value, type), values in any case. There are no wildcards.
 *
 * @param sets permissions by set name: {@code permissive}, {@code tier-0}, {@code mailbox-wide},
 *     {@code mailbox-read-basic}, {@code mail}, {@code files}, {@code risky-scopes}
 */
public record PermissionSets(Map<String, Set<Permission>> sets) {

    public PermissionSets {
        sets = Map.copyOf(sets);
    }

    /** Whether a permission is in a set; false for a set that does not exist. */
    public boolean contains(String set, Permission permission) {
        return sets.getOrDefault(set, Set.of()).contains(permission);
    }

    /** Whether a permission is in one of some sets. */
    public boolean contains(Collection<String> names, Permission permission) {
        return names.stream().anyMatch(set -> contains(set, permission));
    }

    /** Whether a permission is in any set. */
    public boolean containsAnywhere(Permission permission) {
        return sets.values().stream().anyMatch(members -> members.contains(permission));
    }

    /** Whether any set holds a permission of an API. */
    public boolean hasMembersOf(String resourceAppId) {
        return all().anyMatch(permission -> permission.resourceAppId().equals(resourceAppId));
    }

    /** Whether any set holds a permission of that name, of whatever API. */
    public boolean hasMemberNamed(String value) {
        return all().anyMatch(permission -> permission.value().equalsIgnoreCase(value));
    }

    private Stream<Permission> all() {
        return sets.values().stream().flatMap(Set::stream);
    }

    /** The permissions of a set, by API, name and type; none for a set that does not exist. */
    public List<Permission> members(String set) {
        return sets.getOrDefault(set, Set.of()).stream()
                .sorted(ShippedSets.ORDER)
                .toList();
    }

    /**
     * The set that says most about a permission, in the order tier-0, mailbox-wide, permissive, mail, files, risky-scopes,
     * mailbox-read-basic.
     */
    public Optional<String> tier(Permission permission) {
        return Stream.of("tier-0", "mailbox-wide", "permissive", "mail", "files", "risky-scopes", "mailbox-read-basic")
                .filter(set -> contains(set, permission))
                .findFirst();
    }
}
