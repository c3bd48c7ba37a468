package io.rolecall.policy;

import java.util.List;

/**
 * Names of Microsoft's applications and services that people know and trust, as they are written: at most 60, no single dictionary
 * words beside those that are a product's whole name. Each row of the table names its source.
 */
public final class ProtectedNames {

    private static final List<String> MICROSOFTS = ReferenceData.rows("reference/protected-names.csv").stream()
            .map(row -> ReferenceData.column(row, "name"))
            .toList();

    private ProtectedNames() {}

    /** Microsoft's names, in the order of the table. */
    public static List<String> microsofts() {
        return MICROSOFTS;
    }
}
