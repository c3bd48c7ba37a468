package io.rolecall.ops;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One thread for what a service looks at now and then. It keeps no process alive, and what goes wrong once is looked at again. */
public final class BackgroundThread implements AutoCloseable {

    private final ScheduledExecutorService executor;

    /** @param name of the thread, as thread dumps show it */
    public BackgroundThread(String name) {
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Repeats some work until it is closed.
     *
     * @param first when it is done first
     * @param interval from the end of one time to the beginning of the next
     * @param failed told of what the work throws; thrown on, it would end the repetition
     */
    public void repeat(Duration first, Duration interval, Runnable work, Consumer<RuntimeException> failed) {
        // Nothing is thrown into the future, so nobody looks at it.
        ScheduledFuture<?> unused = executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        failed.accept(e);
                    }
                },
                first.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** For a library that brings its own repetition. */
    ScheduledExecutorService executor() {
        return executor;
    }

    /** Interrupts what is being done, and begins nothing more. Closing again does nothing. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
