package io.rolecall.source;

import io.rolecall.event.ExchangeApps;
import io.rolecall.policy.MicrosoftApps;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft's own front-ends and APIs. Exchange logs one of them in {@code AppId} where a person used Outlook, the web client or
 * the administration centre, or where the application that called the API stands in {@code ClientAppId}: it is not who acted.
 */
final class FrontEnds {

    /**
     * Front-ends that the shipped list of Microsoft's applications does not hold, because their owner could not be verified, by
     * their App IDs in Microsoft's "Verify first-party Microsoft applications in sign-in reports" (learn.microsoft.com).
     */
    private static final Set<String> FURTHER = Set.of(
            "00000002-0000-0000-c000-000000000000", // Azure AD Graph
            "0ec893e0-5785-4de6-99da-4ed124e5296c", // Office UWP PWA
            "27922004-5251-4030-b22d-91ecd9a37ea4", // Outlook Mobile
            "4765445b-32c6-49b0-83e6-1d93765276ca", // OfficeHome
            "89bee1f7-5e6e-4d8a-9f3d-ecd601259da7", // Office365 Shell WCSS-Client
            "9199bf20-a13f-4107-85dc-02114787ef48", // One Outlook Web
            "d3590ed6-52b3-4102-aeff-aad2292ab01c"); // Microsoft Office

    /** Public clients of Microsoft that stand for whoever runs them; a script that sends mail with one is that client. */
    private static final Set<String> TOOLS = Set.of(
            "04b07795-8ddb-461a-bbee-02f9e1bf7b46", // Azure CLI
            "14d82eec-204b-4c2f-b7e8-296a70dab67e", // Graph Command Line Tools
            "1950a258-227b-4e31-a9cf-717495945fc2", // Azure PowerShell
            "de8bc8b5-d9f9-48b1-a8ad-b748da725064"); // Graph Explorer

    private FrontEnds() {}

    /** The App ID unless it is a front-end's, or null. */
    static @Nullable String other(@Nullable String appId) {
        if (appId == null || FURTHER.contains(appId) || ExchangeApps.isOwn(appId)) {
            return null;
        }
        return MicrosoftApps.isFirstParty(appId) && !TOOLS.contains(appId) ? null : appId;
    }
}
