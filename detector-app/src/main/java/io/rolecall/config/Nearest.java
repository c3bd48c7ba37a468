package io.rolecall.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds what somebody probably meant. */
public final class Nearest {

    private Nearest() {}

    /** The candidate with the least edit distance, ignoring case; empty when none is near. The smaller text wins a tie. */
    public static Optional<String> match(String given, Collection<String> candidates) {
        String wanted = given.toLowerCase(Locale.ROOT);
        int farthest = Math.max(2, wanted.length() / 3);
        return new TreeSet<>(candidates)
                .stream()
                        .filter(candidate -> Math.abs(candidate.length() - wanted.length()) <= farthest)
                        .map(candidate -> new Scored(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT))))
                        .filter(scored -> scored.distance() <= farthest)
                        .min(Comparator.comparingInt(Scored::distance))
                        .map(Scored::candidate);
    }

    /** A sentence that names the nearest candidate, or lists all when none is near. */
    public static String hint(String given, Collection<String> candidates) {
        return match(given, candidates)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> candidates.isEmpty() ? "none is allowed here" : "allowed: " + list(candidates));
    }

    private static String list(Collection<String> candidates) {
        return candidates.size() <= 60
                ? String.join(", ", candidates)
                : candidates.size() + " names, see the documentation";
    }

    private record Scored(String candidate, int distance) {}

    /** Levenshtein's distance, two rows at a time. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(above[column - 1] + change, Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[to.length()];
    }
}
