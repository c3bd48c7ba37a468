package io.rolecall.replay;

import io.rolecall.schema.Alert;
import java.util.List;
import java.util.Optional;

/**
 * What a replay and live say of one alert, where they disagree.
 *
 * @param alertId the alert
 * @param replayed the replay's last state; empty where it says nothing
 * @param live live's last state; empty where it says nothing
 * @param fields the fields that differ, where both say something
 */
public record LiveDifference(String alertId, Optional<Alert> replayed, Optional<Alert> live, List<String> fields) {

    /** {@code new}, {@code missing} or {@code changed}, as seen from live. */
    public String kind() {
        return kind(replayed.isPresent(), live.isPresent());
    }

    static String kind(boolean replayed, boolean live) {
        if (!live) {
            return "new";
        }
        return replayed ? "changed" : "missing";
    }

    /** The alert as whoever has it says it, the replay first. */
    public Alert alert() {
        return replayed.or(() -> live).orElseThrow();
    }
}
