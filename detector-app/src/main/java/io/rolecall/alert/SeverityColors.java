package io.rolecall.alert;

import io.rolecall.policy.Severity;
import java.util.Map;

/** How severities and labels look on a terminal. */
public final class SeverityColors {

    /** Style of what is beside the point. */
    public static final String DIM = "\u001b[2m";

    /** Ends every style. */
    public static final String RESET = "\u001b[0m";

    private static final Map<Severity, String> COLORS = Map.of(
            Severity.CRITICAL, "\u001b[1;37;41m",
            Severity.HIGH, "\u001b[1;31m",
            Severity.MEDIUM, "\u001b[1;33m",
            Severity.LOW, "\u001b[1;36m",
            Severity.INFORMATIONAL, "\u001b[1;34m");

    private SeverityColors() {}

    /** Style of a severity. */
    public static String of(Severity severity) {
        return COLORS.getOrDefault(severity, "");
    }
}
