package io.rolecall.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What one collection has over another. */
final class Differences {

    private Differences() {}

    /** Elements of the first that are not in the second, in the order of the first. */
    static <T> List<T> of(Collection<T> first, Collection<T> second) {
        List<T> rest = new ArrayList<>(first);
        rest.removeAll(second);
        return rest;
    }
}
