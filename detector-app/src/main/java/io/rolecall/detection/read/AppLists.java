package io.rolecall.detection.read;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.policy.Policy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is said of an App ID in lists: the organisation's own, and Microsoft's tools for administration. */
public final class AppLists {

    /** Graph Explorer, Graph Command Line Tools, Azure CLI, Azure PowerShell, Visual Studio Code. */
    private static final Set<String> ADMINISTRATION_TOOLS = Set.of(
            "de8bc8b5-d9f9-48b1-a8ad-b748da725064",
            "14d82eec-204b-4c2f-b7e8-296a70dab67e",
            "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
            "1950a258-227b-4e31-a9cf-717495945fc2",
            "aebc6443-996d-45c2-90f0-388ff96faa56");

    private AppLists() {}

    /** Whether an application is one of Microsoft's tools for administration, which attackers use too: reported, but quietly. */
    public static boolean isAdministrationTool(String appId) {
        return ADMINISTRATION_TOOLS.contains(appId);
    }

    /** Reason for more risk: the organisation banned the application. */
    public static Optional<String> risk(Policy policy, SubjectHistory history) {
        return contains(policy.applications().banned(), history)
                ? Optional.of("The application is on the organisation's list of banned applications")
                : Optional.empty();
    }

    /** Sentence for the explanation when the organisation approved the application; approval changes nothing else. */
    public static String approval(Policy policy, SubjectHistory history) {
        return contains(policy.applications().approved(), history)
                ? " The application is on the organisation's list of approved applications."
                : "";
    }

    private static boolean contains(List<String> appIds, SubjectHistory history) {
        return appIds.contains(history.subject().id().toLowerCase(Locale.ROOT));
    }
}
