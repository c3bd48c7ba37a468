package io.rolecall.event;

import java.util.Locale;
import java.util.Set;

/** Exchange's own clients, which stand where one would look for the caller's App ID and never are who acted. */
public final class ExchangeApps {

    private static final String API = "00000002-0000-0ff1-ce00-000000000000";

    /** Its administration centre, its PowerShell. */
    private static final Set<String> TOOLS =
            Set.of("497effe9-df71-4043-a8bb-14cf78c4b63b", "fb78d390-0c51-40cd-8e17-fdbfab77341b");

    private ExchangeApps() {}

    /** Whether an App ID, in any case, is Exchange's own. */
    public static boolean isOwn(String appId) {
        return API.equalsIgnoreCase(appId) || isTool(appId);
    }

    /** Whether an App ID, in any case, is what administrators run commands with: the administration centre or the PowerShell. */
    public static boolean isTool(String appId) {
        return TOOLS.contains(appId.toLowerCase(Locale.ROOT));
    }
}
