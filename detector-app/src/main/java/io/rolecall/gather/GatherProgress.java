package io.rolecall.gather;

import java.util.concurrent.atomic.AtomicLong;

/** How far a gathering is. Safe for use by several threads. */
public final class GatherProgress {

    private final long total;
    private final long before;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();

    /**
     * @param total offsets of the plan's share
     * @param before of them those that an earlier process read
     */
    GatherProgress(long total, long before) {
        this.total = total;
        this.before = before;
        done.set(before);
    }

    void add(long offsets, long moreRecords, long moreBytes, long moreKept) {
        done.addAndGet(offsets);
        records.addAndGet(moreRecords);
        bytes.addAndGet(moreBytes);
        kept.addAndGet(moreKept);
    }

    /** Offsets to read in all. */
    public long total() {
        return total;
    }

    /** Offsets read, by this process and earlier ones. */
    public long done() {
        return done.get();
    }

    /** Offsets read by this process. */
    public long doneNow() {
        return done.get() - before;
    }

    /** Records read by this process. */
    public long records() {
        return records.get();
    }

    /** Bytes read by this process, without compression. */
    public long bytes() {
        return bytes.get();
    }

    /** Elements kept by this process. */
    public long kept() {
        return kept.get();
    }
}
