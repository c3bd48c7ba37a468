package io.rolecall.state;

import io.rolecall.event.Subject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;

/** Which subjects have entries of which UTC day, so that expiry finds them without reading the others. */
final class DayIndex {

    /** First byte of the index of days; subjects' keys start with a letter. */
    private static final char DAYS = 1;

    private static final byte[] PRESENT = new byte[0];

    private final EntryStore store;

    DayIndex(EntryStore store) {
        this.store = store;
    }

    /** The key under which a subject is remembered for the day of a time. */
    static byte[] key(Subject subject, Instant time) {
        return StoreKeys.join(StoreKeys.of(DAYS), StoreKeys.day(time), StoreKeys.subject(subject));
    }

    /** Remembers a subject under a {@link #key}. A day has many facts of one subject: only the first writes. */
    void add(byte[] key) {
        if (store.get(key) == null) {
            store.put(key, PRESENT);
        }
    }

    /** Subjects of days before the horizon, which leave the index; one a day. */
    List<Subject> take(Instant horizon) {
        byte[] start = StoreKeys.of(DAYS);
        List<Subject> subjects = new ArrayList<>();
        for (KeyValue<byte[], byte[]> entry : store.between(start, StoreKeys.join(start, StoreKeys.day(horizon)))) {
            int prefix = start.length + Integer.BYTES;
            subjects.add(StoreKeys.subject(ByteBuffer.wrap(entry.key, prefix, entry.key.length - prefix)));
            store.delete(entry.key);
        }
        return subjects;
    }
}
