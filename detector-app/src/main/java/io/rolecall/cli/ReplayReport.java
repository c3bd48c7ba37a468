package io.rolecall.cli;

import io.rolecall.inprocess.Summary;
import io.rolecall.replay.Counted;
import io.rolecall.replay.GatheredHistory;
import io.rolecall.replay.PlannedPartition;
import io.rolecall.replay.Tally;
import io.rolecall.source.split.Rejected;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/** What was read, in the words of {@code scan}: elements in, decoded, duplicate, skipped, rejected; and what was not there to read. */
final class ReplayReport {

    private ReplayReport() {}

    /** The counts of both stages together. */
    static Summary summary(GatheredHistory history, Summary decided) throws IOException {
        Tally tally = history.tally();
        Map<String, Long> rejected = new TreeMap<>(decided.rejected());
        history.refused(element -> count(rejected, element));
        return new Summary(
                tally.get(Counted.ELEMENTS),
                decided.decoded(),
                decided.duplicate(),
                decided.skipped() + tally.get(Counted.SKIPPED),
                rejected,
                decided.operations());
    }

    private static void count(Map<String, Long> rejected, Rejected element) {
        rejected.merge(element.reason().label(), 1L, Long::sum);
    }

    static void print(PrintWriter err, GatheredHistory history, Summary total) {
        history.notes().forEach(note -> err.println("note: " + note));
        history.tallies().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(java.util.Comparator.comparing(PlannedPartition::toString)))
                .forEach(entry -> {
                    long lost = entry.getValue().get(Counted.NOT_RETAINED);
                    if (lost > 0) {
                        err.println("not retained: " + entry.getKey() + ": " + lost
                                + " offsets were deleted before they could be read");
                    }
                    if (entry.getKey().isHeldBack()) {
                        err.println("held back: " + entry.getKey() + " is read to offset "
                                + entry.getKey().end() + ", where an open transaction began");
                    }
                });
        err.println("total of " + history.plan().partitions().size() + " partitions: " + Sums.sentence(total));
    }
}
