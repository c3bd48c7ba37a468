package io.rolecall.replay;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds for each difference the one reason: a cause is the reason when taking it away takes the difference away, which is tried and not
 * guessed. Where it takes several together, the first of the fewest is the reason and the others are named with it.
 */
public final class DifferenceReasons {

    private final Trial trial;

    /** What can be tried. */
    public interface Trial {

        /** The causes that are there for a difference and can be taken away. */
        Set<Cause> present(LiveDifference difference) throws IOException;

        /** What is there for a difference and cannot be taken away, in a sentence; empty when nothing is. */
        Optional<String> untried(LiveDifference difference) throws IOException;

        /** What the alerts say, by id, that are decided without the causes; withdrawn ones are none. */
        Map<String, AlertContent> without(Set<Cause> causes) throws IOException;

        /** What is known of a cause in the case of a difference, naming the fact. */
        String told(Cause cause, LiveDifference difference) throws IOException;
    }

    /**
     * A difference and its reason.
     *
     * @param difference what differs
     * @param cause the reason
     * @param because it in a sentence, naming the fact
     */
    public record Explained(LiveDifference difference, Cause cause, String because) {}

    public DifferenceReasons(Trial trial) {
        this.trial = trial;
    }

    /** Finds the reason of one difference. */
    public Explained explain(LiveDifference difference) throws IOException {
        Set<Cause> present = EnumSet.noneOf(Cause.class);
        present.addAll(trial.present(difference));
        for (Cause cause : present) {
            if (settles(EnumSet.of(cause), difference)) {
                return new Explained(difference, cause, trial.told(cause, difference));
            }
        }
        if (present.size() > 1 && settles(present, difference)) {
            return together(fewest(present, difference), difference);
        }
        Optional<String> untried = trial.untried(difference);
        return untried.isPresent()
                ? new Explained(difference, Cause.UNVERIFIED, untried.orElseThrow())
                : new Explained(difference, Cause.UNEXPLAINED, tried(present));
    }

    private boolean settles(Set<Cause> causes, LiveDifference difference) throws IOException {
        return LiveComparison.isSettled(trial.without(causes).get(difference.alertId()), difference);
    }

    /** Leaves out one after the other what does not matter, the last to be tried first. */
    private Set<Cause> fewest(Set<Cause> present, LiveDifference difference) throws IOException {
        EnumSet<Cause> needed = EnumSet.copyOf(present);
        List<Cause> backwards = List.copyOf(present);
        for (int i = backwards.size() - 1; i >= 0; i--) {
            EnumSet<Cause> less = EnumSet.copyOf(needed);
            less.remove(backwards.get(i));
            if (!less.isEmpty() && settles(less, difference)) {
                needed = less;
            }
        }
        return needed;
    }

    private Explained together(Set<Cause> causes, LiveDifference difference) throws IOException {
        StringBuilder because = new StringBuilder();
        for (Cause cause : causes) {
            because.append(because.isEmpty() ? "" : "; together with " + cause.label() + ": ")
                    .append(trial.told(cause, difference));
        }
        return new Explained(difference, causes.iterator().next(), because.toString());
    }

    private static String tried(Set<Cause> present) {
        return present.isEmpty()
                ? "no cause is there: please report it"
                : "it stays without "
                        + String.join(", ", present.stream().map(Cause::label).toList()) + ": please report it";
    }
}
