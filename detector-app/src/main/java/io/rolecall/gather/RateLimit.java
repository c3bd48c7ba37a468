package io.rolecall.gather;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Holds readers to so many bytes a second together. Safe for use by several threads. */
final class RateLimit {

    private static final long SECOND = 1_000_000_000L;

    private final long bytesPerSecond;
    private final LongSupplier nanos;
    private long freeAt;

    /**
     * A limit.
     *
     * @param bytesPerSecond 0 for none
     * @param nanos a clock of nanoseconds
     */
    RateLimit(long bytesPerSecond, LongSupplier nanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanos = nanos;
        this.freeAt = nanos.getAsLong();
    }

    /** Waits until so many bytes more may have been read. An interrupt ends the wait. */
    void took(long bytes) {
        if (bytesPerSecond > 0) {
            long until = reserve(bytes);
            for (long left = until - nanos.getAsLong(); left > 0; left = until - nanos.getAsLong()) {
                LockSupport.parkNanos(this, left);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
        }
    }

    /** When the reader may go on. What was not used is not saved up. */
    synchronized long reserve(long bytes) {
        freeAt = Math.max(freeAt, nanos.getAsLong()) + Math.round((double) bytes / bytesPerSecond * SECOND);
        return freeAt;
    }
}
