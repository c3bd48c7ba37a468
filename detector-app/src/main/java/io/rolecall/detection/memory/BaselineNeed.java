package io.rolecall.detection.memory;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a detection needs remembered of one source. Of every source named, the baseline and the active days are kept; the rest costs
 * more and is kept only when it is asked for.
 *
 * @param source kind of events
 * @param dimensions dimensions whose first uses are kept
 * @param counts whether numbers are kept: of mail use by minutes and ten minutes, of every other source by hours
 */
public record BaselineNeed(ActivitySource source, Set<Dimension> dimensions, boolean counts) {

    public BaselineNeed {
        dimensions = Collections.unmodifiableSet(
                dimensions.isEmpty() ? EnumSet.noneOf(Dimension.class) : EnumSet.copyOf(dimensions));
    }

    /** Baseline, active days, and first uses in the dimensions. */
    public static BaselineNeed of(ActivitySource source, Dimension... dimensions) {
        return new BaselineNeed(source, Set.of(dimensions), false);
    }

    /** The same, and counts. */
    public BaselineNeed withCounts() {
        return new BaselineNeed(source, dimensions, true);
    }

    /**
     * What serves both.
     *
     * @throws IllegalArgumentException when the other one is of another source
     */
    public BaselineNeed and(BaselineNeed other) {
        if (other.source != source) {
            throw new IllegalArgumentException("Needs of " + source + " and " + other.source + " are no one need");
        }
        EnumSet<Dimension> both = EnumSet.noneOf(Dimension.class);
        both.addAll(dimensions);
        both.addAll(other.dimensions);
        return new BaselineNeed(source, both, counts || other.counts);
    }
}
