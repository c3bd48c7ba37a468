package io.rolecall.policy;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The built-in directory roles of Entra ID: their template ids, which are the same in every tenant, by their English names. Source
 * and date of the table stand in NOTICE.
 */
public final class RoleTemplates {

    private static final Map<String, String> IDS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private static final Set<String> PRIVILEGED = new HashSet<>();

    /**
     * What logs call some of them to this day: their names in the older APIs, which Microsoft's reference of the roles tells beside
     * today's (learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference).
     */
    private static final Map<String, String> FORMER_NAMES = Map.of(
            "Company Administrator", "Global Administrator",
            "User Account Administrator", "User Administrator",
            "Exchange Service Administrator", "Exchange Administrator",
            "SharePoint Service Administrator", "SharePoint Administrator",
            "Lync Service Administrator", "Skype for Business Administrator",
            "Intune Service Administrator", "Intune Administrator");

    static {
        ReferenceData.rows("reference/directory-roles.csv").forEach(row -> {
            String id = ReferenceData.column(row, "id").toLowerCase(Locale.ROOT);
            IDS.put(ReferenceData.column(row, "name"), id);
            if (ReferenceData.column(row, "privileged").equals("true")) {
                PRIVILEGED.add(id);
            }
        });
        FORMER_NAMES.forEach((former, name) -> IDS.put(former, Objects.requireNonNull(IDS.get(name))));
    }

    private RoleTemplates() {}

    /** Template id, lower case, of a role by its English name, today's or a former one, in any case; empty for a custom role. */
    public static Optional<String> id(String name) {
        return Optional.ofNullable(IDS.get(name));
    }

    /** The English names of all built-in roles. */
    public static Set<String> names() {
        return new TreeSet<>(IDS.keySet());
    }

    /**
     * Whether Microsoft marks a role as privileged ({@code isPrivileged} of the role definition): its holder can change credentials,
     * policies or the rights of others.
     *
     * @param id template id, in any case
     */
    public static boolean isPrivileged(String id) {
        return PRIVILEGED.contains(id.toLowerCase(Locale.ROOT));
    }
}
