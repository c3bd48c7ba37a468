package io.rolecall.scenario;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lets tests of other packages tell an act of the Entra audit log as the unified audit log tells it. */
public final class OtherLog {

    private OtherLog() {}

    /** The copies of an event of the Entra audit log; none of any other. */
    public static List<String> copies(String event) {
        return UnifiedAuditCopy.ofEvent(event.getBytes(StandardCharsets.UTF_8)).stream()
                .map(copy -> new String(copy, StandardCharsets.UTF_8))
                .toList();
    }
}
