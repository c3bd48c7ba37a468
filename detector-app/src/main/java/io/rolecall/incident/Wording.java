package io.rolecall.incident;

import java.util.List;

/** Lists and counts in sentences. */
final class Wording {

    private static final int MOST_LISTED = 5;

    private Wording() {}

    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** Up to five values, and how many more there are. */
    static String list(List<String> values) {
        return values.size() <= MOST_LISTED
                ? String.join(", ", values)
                : String.join(", ", values.subList(0, MOST_LISTED)) + " and " + (values.size() - MOST_LISTED) + " more";
    }

    /** Places as alerts tell them, a country's code before an address: {@code 192.0.2.1 in PA}. */
    static String places(List<String> places) {
        return list(places.stream()
                .map(place -> place.replaceFirst("^([A-Z]{2}) (\\S+)$", "$2 in $1"))
                .toList());
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String and(List<String> parts) {
        int last = parts.size() - 1;
        return last < 1
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }
}
