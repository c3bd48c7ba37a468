package io.rolecall.ops;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bound for all that is done when a service stops. Its steps share the time; one that does not end is left behind, so that the
 * others still get their turn, and is named in the end. Safe for use by several threads.
 */
public final class StopBound {

    /** For the whole stop: below the 30 s that Kubernetes grants by default before it kills. */
    public static final Duration WHOLE = Duration.ofSeconds(20);

    /** Enough for what is quickly done, where an earlier step has taken more than its share. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(StopBound.class);

    private final Duration whole;
    /** With what is to be said of each. */
    private final Map<Step, String> unfinished = new LinkedHashMap<>();

    private @Nullable Long began;

    /**
     * Something that is closed.
     *
     * @param name what it is, within a sentence
     * @param otherwise what follows when it does not end, as a clause; empty when nothing does
     * @param reserved time of the bound that is kept for the steps after it
     */
    public record Step(String name, String otherwise, Duration reserved) {}

    /** Of {@link #WHOLE}. */
    public StopBound() {
        this(WHOLE);
    }

    StopBound(Duration whole) {
        this.whole = whole;
    }

    /** The stop begins now, unless it has begun before. The first step begins it too. */
    public synchronized void begin() {
        if (began == null) {
            began = System.nanoTime();
        }
    }

    /** The time for a step: what is left without what is reserved, but a moment while there is one; the whole before it has begun. */
    public synchronized Duration left(Duration reserved) {
        Duration left = began == null ? whole : whole.minusNanos(System.nanoTime() - began);
        Duration moment = left.compareTo(MOMENT) < 0 ? left : MOMENT;
        Duration share = left.minus(reserved);
        Duration time = share.compareTo(moment) < 0 ? moment : share;
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** Does a step that has ended when it returns. */
    public void run(Step step, Runnable work) {
        call(step, () -> {
            work.run();
            return true;
        });
    }

    /**
     * Does a step on a thread of its own, and returns when it has ended or its time is over. Nothing is thrown: a step that fails has not
     * ended as it should.
     *
     * @param work whether it has ended in order
     */
    public void call(Step step, Callable<Boolean> work) {
        begin();
        try {
            if (!await(inBackground(work), left(step.reserved()))) {
                unfinished(step, "had not ended");
            }
        } catch (ExecutionException e) {
            LOG.atDebug().setCause(e.getCause()).log("A step of the stop failed");
            unfinished(step, "could not be closed");
        }
    }

    private synchronized void unfinished(Step step, String how) {
        unfinished.put(step, how);
        LOG.atWarn()
                .addKeyValue("what", step.name() + " " + how)
                .addKeyValue("secondsForAll", whole.toSeconds())
                .log("Not everything is stopped in order");
    }

    /** In one sentence which steps have not ended in order, and what follows; empty when all have. */
    public synchronized Optional<String> complaint() {
        if (unfinished.isEmpty()) {
            return Optional.empty();
        }
        String steps = unfinished.entrySet().stream()
                .map(step -> step.getKey().name() + " " + step.getValue())
                .collect(Collectors.joining(", "));
        String consequences = unfinished.keySet().stream()
                .map(Step::otherwise)
                .filter(clause -> !clause.isEmpty())
                .map(clause -> "; " + clause)
                .collect(Collectors.joining());
        return Optional.of("did not stop cleanly within " + whole.toSeconds() + " s: " + steps + consequences);
    }

    private static CompletableFuture<Boolean> inBackground(Callable<Boolean> work) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "rolecall-stop-step");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** An interruption does not make a stop shorter: it is handed on when the step is over. */
    private static boolean await(CompletableFuture<Boolean> result, Duration atMost) throws ExecutionException {
        long end = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    return false;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
