package io.rolecall.acts;

import io.rolecall.policy.Resources;

/**
 * An API that grants permissions.
 *
 * @param displayName name of its service principal
 * @param appId its App ID, the same in every tenant
 * @param principalNames service principal names, as the log lists them: separated by semicolons
 */
public record Api(String displayName, String appId, String principalNames) {

    public static final Api GRAPH = new Api(
            "Microsoft Graph",
            "00000003-0000-0000-c000-000000000000",
            "00000003-0000-0000-c000-000000000000/ags.windows.net;00000003-0000-0000-c000-000000000000;"
                    + "https://canary.graph.microsoft.com;https://graph.microsoft.com;https://ags.windows.net;"
                    + "https://graph.microsoft.us;https://graph.microsoft.com/;https://dod-graph.microsoft.us;"
                    + "https://canary.graph.microsoft.com/;https://graph.microsoft.us/;https://dod-graph.microsoft.us/");
    public static final Api EXCHANGE = new Api(
            "Office 365 Exchange Online",
            "00000002-0000-0ff1-ce00-000000000000",
            "https://outlook.office.com;Microsoft.Exchange;00000002-0000-0ff1-ce00-000000000000;"
                    + "00000002-0000-0ff1-ce00-000000000000/*.outlook.com;"
                    + "00000002-0000-0ff1-ce00-000000000000/outlook.com;https://ps.protection.outlook.com/;"
                    + "https://outlook.com/;https://outlook.office365.com/;https://outlook.office.com/;"
                    + "https://outlook.office365.com:443/;https://ps.outlook.com");

    /** The API of an application; Microsoft's own have the names that every tenant shows for them. */
    static Api of(App app) {
        return switch (app.appId()) {
            case Resources.MICROSOFT_GRAPH -> GRAPH;
            case Resources.EXCHANGE_ONLINE -> EXCHANGE;
            default -> new Api(app.name(), app.appId(), app.appId());
        };
    }
}
