package io.rolecall.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on a terminal, and nothing elsewhere: bytes read of all bytes and elements a second, or steps. */
final class Progress implements AutoCloseable {

    private static final long MEBIBYTE = 1L << 20;
    private static final int TICK_MILLIS = 250;
    private static final double NANOS = 1e9;

    private final @Nullable ProgressBar bar;
    private final long started = System.nanoTime();
    private long elements;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static Progress of(Console console, String task, long totalBytes) {
        if (!console.errIsTerminal()) {
            return new Progress(null);
        }
        return new Progress(bar(console, task, totalBytes > 0 ? totalBytes : -1)
                .setUnit(" MiB", MEBIBYTE)
                .build());
    }

    /** A bar that counts steps. */
    static Progress ofSteps(Console console, String task, long steps) {
        if (!console.errIsTerminal()) {
            return new Progress(null);
        }
        return new Progress(bar(console, task, steps).build());
    }

    /** A bar as every command of this program has it, of a terminal. */
    static ProgressBarBuilder bar(Console console, String task, long total) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUpdateIntervalMillis(TICK_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, console.width()))
                .clearDisplayOnFinish();
    }

    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    void bytes(long count) {
        if (bar != null) {
            bar.stepBy(count);
        }
    }

    void elements(long count) {
        elements += count;
        if (bar != null) {
            double seconds = Math.max((System.nanoTime() - started) / NANOS, 1e-3);
            bar.setExtraMessage(Math.round(elements / seconds) + " elements/s");
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
