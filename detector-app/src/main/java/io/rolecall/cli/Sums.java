package io.rolecall.cli;

import io.rolecall.inprocess.Summary;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Arithmetic and wording of summaries. */
final class Sums {

    static final Summary NONE = new Summary(0, 0, 0, 0, Map.of(), Map.of());

    private Sums() {}

    /** What came in between. */
    static Summary difference(Summary now, Summary before) {
        return new Summary(
                now.in() - before.in(),
                now.decoded() - before.decoded(),
                now.duplicate() - before.duplicate(),
                now.skipped() - before.skipped(),
                difference(now.rejected(), before.rejected()),
                difference(now.operations(), before.operations()));
    }

    /** The counts with some of the decoded elements told as duplicates. */
    static Summary withDuplicates(Summary summary, long more) {
        return more == 0
                ? summary
                : new Summary(
                        summary.in(),
                        summary.decoded() - more,
                        summary.duplicate() + more,
                        summary.skipped(),
                        summary.rejected(),
                        summary.operations());
    }

    private static Map<String, Long> difference(Map<String, Long> now, Map<String, Long> before) {
        Map<String, Long> difference = new TreeMap<>();
        now.forEach((key, count) -> {
            long more = count - before.getOrDefault(key, 0L);
            if (more != 0) {
                difference.put(key, more);
            }
        });
        return difference;
    }

    /** {@code 5 in = 2 decoded + 1 duplicate + 1 skipped + 1 rejected (truncated 1)}. */
    static String sentence(Summary summary) {
        String reasons = new TreeMap<>(summary.rejected())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
        return summary.in() + " in = " + summary.decoded() + " decoded + " + summary.duplicate() + " duplicate + "
                + summary.skipped() + " skipped + " + summary.rejectedTotal() + " rejected"
                + (summary.rejected().isEmpty() ? "" : reasons);
    }
}
