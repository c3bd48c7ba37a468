package io.rolecall.topology;

import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Interval;
import io.rolecall.schema.state.AlertState;
import java.time.Instant;
import java.util.Optional;

/** What is left to be evaluated after an evaluation that could not read everything ({@link Evaluation#covered}). */
final class Coverage {

    private Coverage() {}

    /**
     * What of the focus comes after what was covered. Empty when nothing does, or when the evaluation did not even reach the start
     * of the focus: it would come no further a second time.
     */
    static Optional<Interval> behind(Interval focus, Evaluation evaluation) {
        Instant reached = evaluation.covered().to();
        return evaluation.covered().contains(focus.from()) && reached.isBefore(focus.to())
                ? Optional.of(new Interval(reached.plusNanos(1), focus.to()))
                : Optional.empty();
    }

    /**
     * Whether an alert that stands was not looked at: what it tells beside its finding, names and sign-ins of the days after, may
     * have changed all the same.
     *
     * @param horizon alerts that reach back behind it keep what they say
     */
    static boolean leftOut(AlertState state, Evaluation evaluation, Instant horizon) {
        return stands(state)
                && !evaluation.covered().contains(state.getAnchorTime())
                && !state.getAnchorTime().isBefore(horizon);
    }

    /**
     * Whether an alert, which the evaluation refutes, may have another reason where it did not look: a later window of time that
     * meets the conditions too.
     */
    static boolean mayHoldElsewhere(AlertState state, Evaluation evaluation) {
        return stands(state) && !evaluation.covered().equals(Interval.ALL);
    }

    /** Whether an alert has not been withdrawn: of one that was, nothing is kept that could be added to. */
    static boolean stands(AlertState state) {
        return !state.getLatest().getStatus().equals("withdrawn");
    }
}
