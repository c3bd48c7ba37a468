package io.rolecall.ops;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a few requests at once work for their answers, so that many questions take neither the memory nor the processors. */
final class FewAtOnce {

    private static final String BUSY = "too many requests are being answered; ask again in a moment\n";

    private final Semaphore turns;
    private final Duration patience;

    /**
     * Counts the requests to all endpoints that it limits together.
     *
     * @param most how many work at once
     * @param patience how long one waits for its turn until it is answered 503
     */
    FewAtOnce(int most, Duration patience) {
        this.turns = new Semaphore(most, true);
        this.patience = patience;
    }

    /** The same endpoint, which waits for its turn. */
    Endpoint limit(Endpoint endpoint) {
        return query -> {
            if (!myTurn()) {
                return new Page(503, "text/plain; charset=utf-8", BUSY);
            }
            try {
                return endpoint.answer(query);
            } finally {
                turns.release();
            }
        };
    }

    private boolean myTurn() {
        try {
            return turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
