package io.rolecall.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Measures the time a thread takes, on the clock and on the processor. */
final class Stopwatch {

    private static final double NANOS = 1e9;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long wall = System.nanoTime();
    private final long processor = threads.getCurrentThreadCpuTime();

    private Stopwatch() {}

    /**
     * Time spent.
     *
     * @param wallSeconds on the clock
     * @param processorSeconds of the processor, by the calling thread alone
     */
    record Spent(double wallSeconds, double processorSeconds) {}

    static Stopwatch start() {
        return new Stopwatch();
    }

    Spent spent() {
        return new Spent((System.nanoTime() - wall) / NANOS, (threads.getCurrentThreadCpuTime() - processor) / NANOS);
    }
}
