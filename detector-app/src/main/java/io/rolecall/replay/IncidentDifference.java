package io.rolecall.replay;

import io.rolecall.schema.Incident;
import java.util.List;
import java.util.Optional;

/**
 * What a replay and live say of one incident, where they disagree, and why.
 *
 * @param replayed what the replay's alerts make; empty where they make none
 * @param live what live published last; empty where it published none, or closed it because nothing of it stands
 * @param fields the fields that differ, where both say something
 * @param cause the reason
 * @param because it in a sentence, naming the alerts
 */
public record IncidentDifference(
        Optional<Incident> replayed, Optional<Incident> live, List<String> fields, Cause cause, String because) {

    public IncidentDifference {
        fields = List.copyOf(fields);
    }

    /** {@code new}, {@code missing} or {@code changed}, as seen from live. */
    public String kind() {
        return LiveDifference.kind(replayed.isPresent(), live.isPresent());
    }

    /** The incident as whoever has it says it, the replay first. */
    public Incident incident() {
        return replayed.or(() -> live).orElseThrow();
    }
}
