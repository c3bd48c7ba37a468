package io.rolecall.policy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of Microsoft's applications and services that people know and trust, as they are written: at most 60, no single dictionary
 * words beside those that are a product's whole name. Each row of the table names its source.
 */
public final class ProtectedNames {

    private static final List<String> MICROSOFTS = ReferenceData.rows("reference/protected-names.csv").stream()
            .map(row -> ReferenceData.column(row, "name"))
            .toList();

    /** App IDs that Microsoft's lists give these names without naming the owner: nobody else can have them. */
    private static final Set<String> UNVERIFIED = ReferenceData.rows("reference/protected-names.csv").stream()
            .flatMap(row -> Stream.of(ReferenceData.column(row, "unverified").split(" ")))
            .collect(Collectors.toUnmodifiableSet());

    private ProtectedNames() {}

    /** Whether an App ID, lower case, is known to bear one of Microsoft's names, although its owner could not be verified. */
    public static boolean isBearer(String appId) {
        return UNVERIFIED.contains(appId);
    }

    /** Microsoft's names, in the order of the table. */
    public static List<String> microsofts() {
        return MICROSOFTS;
    }
}
