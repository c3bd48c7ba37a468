package io.rolecall.detection;

import io.rolecall.schema.AppEvent;
import java.util.List;

/**
 * The answer to one condition for one candidate.
 *
 * @param state met, not met, or unknown
 * @param keeps whether the candidate stays
 * @param because why, without a full stop, in a form that is the same for the same facts
 * @param facts facts that decided, beside the candidate's own act; possibly none
 */
public record Answer(Condition.State state, boolean keeps, String because, List<AppEvent> facts) {

    public Answer {
        facts = List.copyOf(facts);
    }

    public static Answer yes(String because) {
        return new Answer(Condition.State.MET, true, because, List.of());
    }

    public static Answer no(String because) {
        return new Answer(Condition.State.NOT_MET, false, because, List.of());
    }

    /** Not known, and kept: what cannot be told must not hide an attack. */
    public static Answer unknown(String because) {
        return new Answer(Condition.State.UNKNOWN, true, because, List.of());
    }

    /** Not known, and left out: without the missing fact, or list of the policy, the condition would hold for anything. */
    public static Answer cannotTell(String because) {
        return new Answer(Condition.State.UNKNOWN, false, because, List.of());
    }

    /** Yes or no, for the same reason. */
    public static Answer of(boolean met, String because) {
        return met ? yes(because) : no(because);
    }

    /** The same, decided by further facts. */
    public Answer by(List<AppEvent> more) {
        return new Answer(state, keeps, because, more);
    }
}
