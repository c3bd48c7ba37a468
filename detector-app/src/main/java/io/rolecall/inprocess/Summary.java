package io.rolecall.inprocess;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the elements of a run: {@code in = decoded + duplicate + skipped + rejected}.
 *
 * @param in elements read
 * @param decoded elements that became new facts or sightings
 * @param duplicate elements that repeat an act already known
 * @param skipped elements that no detection needs
 * @param rejected rejected elements by reason label
 * @param operations decoded elements by {@code source operation}, for blindness
 */
public record Summary(
        long in, long decoded, long duplicate, long skipped, Map<String, Long> rejected, Map<String, Long> operations) {

    public Summary {
        rejected = Map.copyOf(new TreeMap<>(rejected));
        operations = Map.copyOf(operations);
    }

    /** Rejected elements of all reasons together. */
    public long rejectedTotal() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
