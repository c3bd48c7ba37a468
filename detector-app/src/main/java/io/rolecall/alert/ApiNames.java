package io.rolecall.alert;

import java.util.Map;

/** Names of the APIs whose permissions matter, by App ID, which Microsoft keeps the same in every tenant. */
final class ApiNames {

    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    private static final String EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";
    private static final String SHAREPOINT = "00000003-0000-0ff1-ce00-000000000000";
    private static final String DIRECTORY = "00000002-0000-0000-c000-000000000000";

    private static final Map<String, String> SHORT = Map.of(
            GRAPH, "microsoft-graph",
            EXCHANGE, "exchange-online",
            SHAREPOINT, "sharepoint-online",
            DIRECTORY, "azure-ad-graph");
    private static final Map<String, String> LONG = Map.of(
            GRAPH, "Microsoft Graph",
            EXCHANGE, "Exchange Online",
            SHAREPOINT, "SharePoint Online",
            DIRECTORY, "Azure AD Graph");

    private ApiNames() {}

    /** The short name used in alerts and in the policy file, else the App ID itself. */
    static String shortName(String appId) {
        return SHORT.getOrDefault(appId, appId);
    }

    /** The name for sentences, else the App ID itself. */
    static String longName(String appId) {
        return LONG.getOrDefault(appId, appId);
    }
}
