package io.rolecall.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The APIs whose permissions are known: short name of the policy file, App ID, and display name of the logs. */
public final class Resources {

    /** Microsoft Graph. */
    public static final String MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000";
    /** Office 365 Exchange Online. */
    public static final String EXCHANGE_ONLINE = "00000002-0000-0ff1-ce00-000000000000";
    /** Office 365 SharePoint Online. */
    public static final String SHAREPOINT_ONLINE = "00000003-0000-0ff1-ce00-000000000000";
    /** Windows Azure Active Directory, the retired Azure AD Graph. */
    public static final String AZURE_AD_GRAPH = "00000002-0000-0000-c000-000000000000";
    /** Office 365 Management APIs. */
    public static final String OFFICE_365_MANAGEMENT = "c5393580-f805-4401-95e8-94b7a6ef2fc2";

    private record Resource(String shortName, String appId, List<String> displayNames) {}

    /** Display names as service principals carry them in tenants, the one of today first. */
    private static final List<Resource> ALL = List.of(
            new Resource("microsoft-graph", MICROSOFT_GRAPH, List.of("Microsoft Graph")),
            new Resource("exchange-online", EXCHANGE_ONLINE, List.of("Office 365 Exchange Online")),
            new Resource("sharepoint-online", SHAREPOINT_ONLINE, List.of("Office 365 SharePoint Online")),
            new Resource("azure-ad-graph", AZURE_AD_GRAPH, List.of("Windows Azure Active Directory", "Azure AD Graph")),
            new Resource("office-365-management", OFFICE_365_MANAGEMENT, List.of("Office 365 Management APIs")));

    private Resources() {}

    /** The short names, in the order of the documentation. */
    public static List<String> shortNames() {
        return ALL.stream().map(Resource::shortName).toList();
    }

    /** App ID, lower case, of a short name. */
    public static Optional<String> appId(String shortName) {
        return ALL.stream()
                .filter(resource -> resource.shortName().equals(shortName))
                .map(Resource::appId)
                .findFirst();
    }

    /** Short name of an App ID in any case. */
    public static Optional<String> shortName(String appId) {
        return byAppId(appId).map(Resource::shortName);
    }

    /** Display name of an App ID in any case, as the logs show it today. */
    public static Optional<String> displayName(String appId) {
        return byAppId(appId).map(resource -> resource.displayNames().get(0));
    }

    /**
     * App ID of a display name, in any case. Anybody can name an application so: only for events in which the API is a resource
     * of the tenant and its App ID is absent.
     */
    public static Optional<String> appIdOfDisplayName(String displayName) {
        return ALL.stream()
                .filter(resource -> resource.displayNames().stream().anyMatch(displayName::equalsIgnoreCase))
                .map(Resource::appId)
                .findFirst();
    }

    private static Optional<Resource> byAppId(String appId) {
        String wanted = appId.toLowerCase(Locale.ROOT);
        return ALL.stream().filter(resource -> resource.appId().equals(wanted)).findFirst();
    }
}
