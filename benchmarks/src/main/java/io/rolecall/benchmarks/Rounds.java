package io.rolecall.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/**
 * What is measured beside its floor, turn by turn: every round is printed, and at the end the medians of all but the first, which warms
 * up.
 */
final class Rounds {

    private final PrintStream out;
    private final String floor;
    private final String measured;
    private final String unit;
    private final Samples floors = new Samples();
    private final Samples rates = new Samples();
    private final Samples ratios = new Samples();
    private final Samples processorRatios = new Samples();
    private int next;

    /**
     * None yet.
     *
     * @param floor a word for the floor
     * @param measured a word for what is measured
     * @param unit what is counted
     */
    Rounds(PrintStream out, String floor, String measured, String unit) {
        this.out = out;
        this.floor = floor;
        this.measured = measured;
        this.unit = unit;
    }

    /**
     * What a pass took and did.
     *
     * @param count in the unit of the rounds
     */
    record Pass(Stopwatch.Spent spent, long count) {

        double perSecond() {
            return count / spent.wallSeconds();
        }

        double perProcessorSecond() {
            return count / spent.processorSeconds();
        }
    }

    /** Takes a round, and prints it with what else there is to say. */
    void add(Pass below, Pass pass, String more) {
        double ratio = pass.perSecond() / below.perSecond();
        double processorRatio = pass.perProcessorSecond() / below.perProcessorSecond();
        out.printf(
                Locale.ROOT,
                "%s: %s %,.0f/s, %s %,.0f/s, ratio %.3f, by processor time %.3f%s%n",
                next == 0 ? "warm-up" : "round " + next,
                floor,
                below.perSecond(),
                measured,
                pass.perSecond(),
                ratio,
                processorRatio,
                more);
        if (next > 0) {
            floors.add(below.perSecond());
            rates.add(pass.perSecond());
            ratios.add(ratio);
            processorRatios.add(processorRatio);
        }
        next++;
    }

    void summarise() {
        summarise(floor + ", " + unit + "/s:", floors.summary("%,.0f"));
        summarise(measured + ", " + unit + "/s:", rates.summary("%,.0f"));
        summarise("ratio:", ratios.summary("%.3f"));
        summarise("by processor time:", processorRatios.summary("%.3f"));
    }

    private void summarise(String what, String summary) {
        out.printf(Locale.ROOT, "%-18s %s%n", what, summary);
    }
}
