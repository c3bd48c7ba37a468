package io.rolecall.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * Ctrl-C or SIGTERM while a command runs that wants to end in order. The process then ends with the command's exit code, where the
 * JVM by itself would say 130 or 143 after a clean stop.
 */
final class StopRequest {

    /** Longer than a service takes to stop, shorter than the 30 s after which Kubernetes kills. */
    private static final Duration WAIT = Duration.ofSeconds(25);

    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final IntConsumer halt;

    /** @param halt ends the process at once with a code */
    StopRequest(IntConsumer halt) {
        this.halt = halt;
    }

    /** A command that ends in order; closing it gives signals their usual effect back. */
    interface Registration extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Registers what is to be done when a stop is requested.
     *
     * @param stop makes the running command return
     */
    Registration onRequest(Runnable stop) {
        Thread hook = new Thread(() -> stopInOrder(stop), "rolecall-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException stopping) {
                // It is running, and waits for the exit code.
            }
        };
    }

    /** Tells the exit code of the command. */
    void finished(int code) {
        exitCode.complete(code);
    }

    private void stopInOrder(Runnable stop) {
        stop.run();
        int code = ExitCode.FAILED;
        try {
            code = exitCode.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The command did not return: that is a failure.
        }
        halt.accept(code);
    }
}
