package io.rolecall.detection;

import io.rolecall.schema.AppEvent;
import java.util.List;
import java.util.Locale;

/**
 * One condition that a detection checked: what {@code explain} prints.
 *
 * @param name what was asked, as a short sentence
 * @param state the answer
 * @param because why, in a sentence with the values that decided
 * @param facts facts that decided, possibly none
 */
public record Condition(String name, State state, String because, List<AppEvent> facts) {

    /** The answers, the one that decides for many candidates first: one that meets it suffices. */
    public enum State {
        MET,
        UNKNOWN,
        NOT_MET,
        /** No candidate came so far that it could be asked. */
        NOTHING_LEFT;

        /** {@code met}, {@code unknown}, {@code not met} or {@code nothing left}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public Condition {
        facts = List.copyOf(facts);
    }

    public static Condition met(String name, String because, List<AppEvent> facts) {
        return new Condition(name, State.MET, because, facts);
    }

    public static Condition notMet(String name, String because, List<AppEvent> facts) {
        return new Condition(name, State.NOT_MET, because, facts);
    }

    public static Condition unknown(String name, String because, List<AppEvent> facts) {
        return new Condition(name, State.UNKNOWN, because, facts);
    }

    /** Was not asked, because earlier conditions left nothing to ask it of. */
    public static Condition nothingLeft(String name) {
        return new Condition(name, State.NOTHING_LEFT, "There is nothing left to evaluate.", List.of());
    }
}
