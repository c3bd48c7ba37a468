package io.rolecall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.gather.GatherProgress;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** How far a replay is: a bar on a terminal, a line of JSON every ten seconds elsewhere, and one at the end of each stage. */
final class ReplayProgress implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;

    private final Console console;
    private final String stage;
    private final long total;
    private final @Nullable ProgressBar bar;
    private final long started = System.nanoTime();
    private long toldAt = started;
    private @Nullable ObjectNode last;

    /**
     * Of one stage.
     *
     * @param unit what is counted
     * @param total of it
     */
    ReplayProgress(Console console, String stage, String unit, long total) {
        this.console = console;
        this.stage = stage;
        this.total = total;
        this.bar = console.errIsTerminal()
                ? Progress.bar(console, stage, total).setUnit(" " + unit, 1).build()
                : null;
    }

    void gathered(GatherProgress progress) {
        double seconds = seconds();
        ObjectNode line = line(progress.done(), progress.doneNow(), seconds);
        line.put("records", progress.records());
        line.put("recordsPerSecond", Math.round(progress.records() / seconds));
        line.put("bytesPerSecond", Math.round(progress.bytes() / seconds));
        line.put("kept", progress.kept());
        tell(
                progress.done(),
                line,
                String.format(
                        Locale.ROOT,
                        "%,.0f records/s %,.1f MB/s kept %,d",
                        progress.records() / seconds,
                        progress.bytes() / seconds / MEGA,
                        progress.kept()));
    }

    void decided(long elements) {
        double seconds = seconds();
        ObjectNode line = line(elements, elements, seconds);
        line.put("elementsPerSecond", Math.round(elements / seconds));
        tell(elements, line, String.format(Locale.ROOT, "%,.0f elements/s", elements / seconds));
    }

    private double seconds() {
        return Math.max((System.nanoTime() - started) / NANOS, 1e-3);
    }

    private ObjectNode line(long done, long now, double seconds) {
        ObjectNode line = JSON.createObjectNode();
        line.put("stage", stage);
        line.put("done", done);
        line.put("total", total);
        line.put("percent", total == 0 ? 100 : Math.floor(1000.0 * done / total) / 10);
        if (now > 0 && done < total) {
            line.put("etaSeconds", Math.round((total - done) * seconds / now));
        }
        return line;
    }

    private void tell(long done, ObjectNode line, String extra) {
        last = line;
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(extra);
        } else if (System.nanoTime() - toldAt >= EVERY_NANOS) {
            toldAt = System.nanoTime();
            console.err().println(line);
        }
    }

    @Override
    public void close() {
        ObjectNode line = last;
        if (bar != null) {
            bar.close();
        } else if (line != null) {
            console.err().println(line);
        }
    }
}
