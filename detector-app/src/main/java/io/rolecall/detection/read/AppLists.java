package io.rolecall.detection.read;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.policy.MicrosoftApps;
import io.rolecall.policy.Policy;
import java.util.List;
import java.util.Locale;

/** What is said of an App ID in lists: the organisation's own, and Microsoft's tools for administration. */
public final class AppLists {

    private AppLists() {}

    /** Whether an application is one of Microsoft's tools for administration, which attackers use too: reported, but quietly. */
    public static boolean isAdministrationTool(String appId) {
        return MicrosoftApps.isAdministrationTool(appId);
    }

    /** Sentence for the explanation when the organisation approved the application; approval changes nothing else. */
    public static String approval(Policy policy, SubjectHistory history) {
        return contains(policy.applications().approved(), history)
                ? " The application is on the organisation's list of approved applications."
                : "";
    }

    /** Whether the organisation banned the application. */
    public static boolean isBanned(Policy policy, SubjectHistory history) {
        return contains(policy.applications().banned(), history);
    }

    private static boolean contains(List<String> appIds, SubjectHistory history) {
        return appIds.contains(history.subject().id().toLowerCase(Locale.ROOT));
    }
}
