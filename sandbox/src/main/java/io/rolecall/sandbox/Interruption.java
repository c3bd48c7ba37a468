package io.rolecall.sandbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the thread that made it end in good order when the process is told to end: the process waits while that thread, interrupted,
 * closes what it has opened.
 */
final class Interruption implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(40);

    private final Thread owner = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "demo-end");
    private volatile boolean requested;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the process has been told to end. */
    boolean requested() {
        return requested;
    }

    /** To be called by the owner when everything is closed. */
    @Override
    public void close() {
        ended.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // The process ends already, and finds that nothing is left to wait for.
            }
        }
    }

    private void end() {
        requested = true;
        owner.interrupt();
        try {
            if (!ended.await(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("rolecall: the demo could not be ended in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
