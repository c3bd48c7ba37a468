package io.rolecall.alert;

import io.rolecall.schema.Alert;
import java.util.Optional;

/**
 * Why the alerts of an unresolved application are withdrawn once its App ID is known, and reading it from them: an alert may be held back
 * for a while, and its words are all that is left of the reason then.
 */
public final class KnownAtLast {

    private static final String BEFORE = "The App ID has become known: superseded by the alert on application ";
    private static final String AFTER = ".";

    private KnownAtLast() {}

    /** The reason, for {@code withdrawnBecause}. */
    public static String because(String appId) {
        return BEFORE + appId + AFTER;
    }

    /** The group key of the application that the alert's unresolved application turned out to be; empty for every other alert. */
    public static Optional<String> supersededBy(Alert alert) {
        return alert.getWithdrawnBecause()
                .filter(because -> because.startsWith(BEFORE) && because.endsWith(AFTER))
                .map(because -> alert.getTenantId() + "/"
                        + because.substring(BEFORE.length(), because.length() - AFTER.length()));
    }
}
