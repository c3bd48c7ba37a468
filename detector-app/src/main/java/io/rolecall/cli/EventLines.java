package io.rolecall.cli;

import io.rolecall.event.AvroJson;
import io.rolecall.inprocess.Summary;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.ElementSink;
import io.rolecall.source.split.Rejected;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints events as lines of JSON (contract section 4) and counts elements. */
final class EventLines implements ElementSink {

    private final PrintWriter out;
    private final Rejects rejects;
    private long decoded;
    private long skipped;
    private final Map<String, Long> rejected = new HashMap<>();

    EventLines(PrintWriter out, Rejects rejects) {
        this.out = out;
        this.rejects = rejects;
    }

    @Override
    public void decoded(List<AppEvent> events) {
        decoded++;
        for (AppEvent event : events) {
            out.print(AvroJson.toLine(event));
            out.print('\n');
        }
    }

    @Override
    public void skipped() {
        skipped++;
    }

    @Override
    public void rejected(Rejected element) {
        rejected.merge(element.reason().label(), 1L, Long::sum);
        rejects.report(element);
    }

    /** What has become of the elements so far. */
    Summary summary() {
        long in = decoded
                + skipped
                + rejected.values().stream().mapToLong(Long::longValue).sum();
        return new Summary(in, decoded, 0, skipped, rejected, Map.of());
    }
}
