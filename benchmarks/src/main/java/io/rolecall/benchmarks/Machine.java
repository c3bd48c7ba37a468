package io.rolecall.benchmarks;

import java.io.PrintStream;

/** Says on what a figure was measured. */
final class Machine {

    private Machine() {}

    static void describe(PrintStream out) {
        Runtime runtime = Runtime.getRuntime();
        out.println("Java " + Runtime.version() + ", " + runtime.availableProcessors() + " processors, heap of at most "
                + (runtime.maxMemory() >> 20) + " MiB");
    }
}
