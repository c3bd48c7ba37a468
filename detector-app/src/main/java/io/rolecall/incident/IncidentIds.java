package io.rolecall.incident;

import io.rolecall.event.Hashes;

/** Ids of incidents (contract section 5). */
public final class IncidentIds {

    private static final int HEX_DIGITS = 40;

    private IncidentIds() {}

    /** {@code ri-} and the first 40 hex digits of SHA-256 over the UTF-8 text of the group key. */
    public static String of(String groupKey) {
        return "ri-" + Hashes.sha256(groupKey).substring(0, HEX_DIGITS);
    }
}
