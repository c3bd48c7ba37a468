package io.rolecall.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Values of one measure over the rounds of a run. */
final class Samples {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** {@code median [least..most] of n}. */
    String summary(String format) {
        return String.format(
                Locale.ROOT,
                format + " [" + format + ".." + format + "] of %d",
                median(),
                Collections.min(values),
                Collections.max(values),
                values.size());
    }
}
