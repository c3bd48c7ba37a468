package io.rolecall.source.split;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How dates of numbers with slashes are read, which exports write in the order of somebody's country. */
public enum DateOrder {
    /** {@code 06/05/2026} is the fifth of June. */
    MONTH_FIRST,
    /** {@code 06/05/2026} is the sixth of May. */
    DAY_FIRST;

    /** The word for it on the command line, for example {@code day-first}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The order of that word; empty for any other. */
    public static Optional<DateOrder> ofLabel(String word) {
        return Arrays.stream(values())
                .filter(order -> order.label().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
