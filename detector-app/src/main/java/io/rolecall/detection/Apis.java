package io.rolecall.detection;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * App IDs of the APIs whose permissions matter. An app role grant states the App ID of its API; a delegated grant states only the
 * name of the API in the tenant, which Microsoft sets for its own.
 */
final class Apis {

    static final String MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000";
    static final String EXCHANGE_ONLINE = "00000002-0000-0ff1-ce00-000000000000";
    static final String SHAREPOINT_ONLINE = "00000003-0000-0ff1-ce00-000000000000";
    static final String AZURE_AD_GRAPH = "00000002-0000-0000-c000-000000000000";

    private static final Map<String, String> BY_NAME = Map.of(
            "microsoft graph", MICROSOFT_GRAPH,
            "office 365 exchange online", EXCHANGE_ONLINE,
            "office 365 sharepoint online", SHAREPOINT_ONLINE,
            "windows azure active directory", AZURE_AD_GRAPH);

    private static final Map<String, String> NAMES = Map.of(
            MICROSOFT_GRAPH, "Microsoft Graph",
            EXCHANGE_ONLINE, "Office 365 Exchange Online",
            SHAREPOINT_ONLINE, "Office 365 SharePoint Online",
            AZURE_AD_GRAPH, "Windows Azure Active Directory");

    private Apis() {}

    /**
     * App ID of an API.
     *
     * @param appId App ID if the event states it
     * @param name display name if the event states it
     * @return lower case; {@code -} when neither tells
     */
    static String appId(Optional<String> appId, Optional<String> name) {
        return appId.map(id -> id.toLowerCase(Locale.ROOT))
                .or(() -> name.map(text -> BY_NAME.get(text.trim().toLowerCase(Locale.ROOT))))
                .orElse("-");
    }

    /** Display name of an API, or its App ID. */
    static String name(String appId) {
        return NAMES.getOrDefault(appId, appId);
    }
}
