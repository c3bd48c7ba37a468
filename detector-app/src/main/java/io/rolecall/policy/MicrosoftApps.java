package io.rolecall.policy;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Microsoft's own applications: known by the tenant that owns them, never by their name. The shipped list holds only those whose
 * owner was verified; it is incomplete, so absence says nothing.
 */
public final class MicrosoftApps {

    private static final String MICROSOFT_SERVICES = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

    /** Tenants of Microsoft that own its applications. */
    private static final Set<String> OWNERS = ids("reference/microsoft-owner-tenants.csv", "tenantId");

    private static final Set<String> ADMINISTRATION_TOOLS = ids("reference/administration-tools.csv", "appId");

    private static final Map<String, String> NAMES = ReferenceData.rows("reference/microsoft-apps.csv").stream()
            .collect(Collectors.toUnmodifiableMap(
                    row -> ReferenceData.column(row, "appId"), row -> ReferenceData.column(row, "name")));

    private MicrosoftApps() {}

    /** Whether an App ID, in any case, is one of Microsoft's own. */
    public static boolean isFirstParty(String appId) {
        return NAMES.containsKey(appId.toLowerCase(Locale.ROOT));
    }

    /** A tenant of Microsoft for an App ID, in any case, of the shipped list, which does not tell which of them it is. */
    public static Optional<String> ownerOf(String appId) {
        return isFirstParty(appId) ? Optional.of(MICROSOFT_SERVICES) : Optional.empty();
    }

    /** Name of one of Microsoft's own applications, by its App ID in any case. */
    public static Optional<String> name(String appId) {
        return Optional.ofNullable(NAMES.get(appId.toLowerCase(Locale.ROOT)));
    }

    /** App ID, lower case, of one of Microsoft's own applications by its exact name; of several of one name the smallest. */
    public static Optional<String> appId(String name) {
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .min(Comparator.naturalOrder());
    }

    /**
     * Whether an App ID, in any case, is one of Microsoft's tools for administration (Graph Explorer, Graph Command Line Tools, Azure
     * CLI, Azure PowerShell, Visual Studio Code), which attackers use too.
     */
    public static boolean isAdministrationTool(String appId) {
        return ADMINISTRATION_TOOLS.contains(appId.toLowerCase(Locale.ROOT));
    }

    /** Whether a tenant, in any case, owns Microsoft's applications ({@code appOwnerTenantId} of sign-ins). */
    public static boolean isOwner(String tenantId) {
        return OWNERS.contains(tenantId.toLowerCase(Locale.ROOT));
    }

    private static Set<String> ids(String table, String column) {
        return ReferenceData.rows(table).stream()
                .map(row -> ReferenceData.column(row, column))
                .collect(Collectors.toUnmodifiableSet());
    }
}
