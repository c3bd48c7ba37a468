package io.rolecall.policy;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Applications that reports of incidents name, by App ID: those made for an attack, and those of others that attackers like to use.
 * Microsoft's own are left out when the list is written. Source and date stand in NOTICE.
 */
public final class AbusedApplications {

    private static final Map<String, Entry> ENTRIES =
            ReferenceData.rows("reference/known-abused-applications.csv").stream()
                    .collect(Collectors.toUnmodifiableMap(
                            row -> ReferenceData.column(row, "appId"),
                            row -> new Entry(
                                    ReferenceData.column(row, "name"),
                                    Kind.valueOf(
                                            ReferenceData.column(row, "class").toUpperCase(Locale.ROOT)),
                                    ReferenceData.column(row, "reference"))));

    /** Why an application is listed. */
    public enum Kind {
        /** Made for an attack. */
        MALICIOUS,
        /** Made for another purpose, and used in attacks. */
        RISKY
    }

    /**
     * An application of the list.
     *
     * @param name its name in the report, which may be an imitation; not to be compared
     * @param kind why it is listed
     * @param reference address of the report
     */
    public record Entry(String name, Kind kind, String reference) {}

    private AbusedApplications() {}

    /** What is known of an App ID, in any case. */
    public static Optional<Entry> find(String appId) {
        return Optional.ofNullable(ENTRIES.get(appId.toLowerCase(Locale.ROOT)));
    }
}
