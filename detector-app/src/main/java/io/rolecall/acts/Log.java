package io.rolecall.acts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The logs in which an act can stand. */
public enum Log {
    /** Entra ID's own logs: audit, sign-ins, Microsoft Graph activity. */
    ENTRA,
    /** The unified audit log of Microsoft 365. */
    UNIFIED,
    /** Azure's activity log and the logs of Azure's resources. */
    AZURE;

    /** The name in scenario files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Log> ofLabel(String label) {
        return Arrays.stream(values()).filter(log -> log.label().equals(label)).findFirst();
    }

    static List<String> labels(List<Log> logs) {
        return logs.stream().map(Log::label).toList();
    }
}
