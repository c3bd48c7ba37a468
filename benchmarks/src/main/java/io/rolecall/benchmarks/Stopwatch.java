package io.rolecall.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** Measures the time that work takes, on the clock and on the processor. */
final class Stopwatch {

    private static final double NANOS = 1e9;

    private final LongSupplier processorNanos;
    private final long wall;
    private final long processor;

    private Stopwatch(LongSupplier processorNanos) {
        this.processorNanos = processorNanos;
        this.wall = System.nanoTime();
        this.processor = processorNanos.getAsLong();
    }

    /**
     * Time spent.
     *
     * @param wallSeconds on the clock
     * @param processorSeconds of the processor, by the thread, the threads or the process
     */
    record Spent(double wallSeconds, double processorSeconds) {}

    /** Of the calling thread alone. */
    static Stopwatch ofThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return new Stopwatch(threads::getCurrentThreadCpuTime);
    }

    /** Of all threads of the program that are alive now and at the end, without those of the compiler and the garbage collector. */
    static Stopwatch ofThreads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return new Stopwatch(() -> Arrays.stream(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum());
    }

    /** Of the whole process, garbage collection included. */
    static Stopwatch ofProcess() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Stopwatch(system::getProcessCpuTime);
    }

    Spent spent() {
        return new Spent((System.nanoTime() - wall) / NANOS, (processorNanos.getAsLong() - processor) / NANOS);
    }
}
