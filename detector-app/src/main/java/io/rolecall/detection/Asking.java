package io.rolecall.detection;

import io.rolecall.policy.Policy;
import io.rolecall.schema.AppEvent;
import java.util.function.BiPredicate;

/**
 * That a detection asks a question, and which acts of its subjects do.
 *
 * @param kind the question
 * @param acts whether an act asks: a pure function of the act, which may be any copy of it, and of the policy. Acts of single users
 *     and what is rolled up can be millions and should not
 * @param byDoers whether only those ask who did the act, and not the application that it was done to
 */
public record Asking(QuestionKind kind, BiPredicate<AppEvent, Policy> acts, boolean byDoers) {

    /** The same for whoever has the act in its history. */
    public Asking(QuestionKind kind, BiPredicate<AppEvent, Policy> acts) {
        this(kind, acts, false);
    }

    /** A question that those ask who did the act. */
    public static Asking byDoers(QuestionKind kind, BiPredicate<AppEvent, Policy> acts) {
        return new Asking(kind, acts, true);
    }
}
