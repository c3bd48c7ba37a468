package io.rolecall.acts;

/** A Microsoft API that grants permissions; its App ID is the same in every tenant. */
public enum Api {
    GRAPH(
            "Microsoft Graph",
            "00000003-0000-0000-c000-000000000000",
            "00000003-0000-0000-c000-000000000000/ags.windows.net;00000003-0000-0000-c000-000000000000;"
                    + "https://canary.graph.microsoft.com;https://graph.microsoft.com;https://ags.windows.net;"
                    + "https://graph.microsoft.us;https://graph.microsoft.com/;https://dod-graph.microsoft.us;"
                    + "https://canary.graph.microsoft.com/;https://graph.microsoft.us/;https://dod-graph.microsoft.us/"),
    EXCHANGE(
            "Office 365 Exchange Online",
            "00000002-0000-0ff1-ce00-000000000000",
            "https://outlook.office.com;Microsoft.Exchange;00000002-0000-0ff1-ce00-000000000000;"
                    + "00000002-0000-0ff1-ce00-000000000000/*.outlook.com;"
                    + "00000002-0000-0ff1-ce00-000000000000/outlook.com;https://ps.protection.outlook.com/;"
                    + "https://outlook.com/;https://outlook.office365.com/;https://outlook.office.com/;"
                    + "https://outlook.office365.com:443/;https://ps.outlook.com");

    final String displayName;
    public final String appId;

    /** Service principal names, as the log lists them: separated by semicolons. */
    final String principalNames;

    Api(String displayName, String appId, String principalNames) {
        this.displayName = displayName;
        this.appId = appId;
        this.principalNames = principalNames;
    }
}
