package io.rolecall.replay;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Counts of one partition, or of several together. Not for use by several threads at once. */
public final class Tally {

    private final Map<Counted, Long> counts = new EnumMap<>(Counted.class);

    public void add(Counted what, long more) {
        counts.merge(what, more, Long::sum);
    }

    public long get(Counted what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Adds all counts of another. */
    public void add(Tally other) {
        other.counts.forEach(this::add);
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(Counted.values().length);
        for (Counted what : Counted.values()) {
            out.writeLong(get(what));
        }
    }

    static Tally read(DataInput in) throws IOException {
        Tally tally = new Tally();
        Counted[] known = Counted.values();
        int written = in.readUnsignedByte();
        for (int i = 0; i < written; i++) {
            long count = in.readLong();
            if (i < known.length) {
                tally.add(known[i], count);
            }
        }
        return tally;
    }
}
