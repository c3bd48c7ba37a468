package io.rolecall.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where one event is counted, and as what. One event may come in several envelopes of its log, of which some leave something out,
 * and so would count elsewhere: of its copies the one counts that lacks the least, of equal ones the one whose bytes are smaller.
 *
 * @param absent how much of what it is grouped by the copy does not state
 * @param kind code of its {@link RollUpKind}
 * @param start of the roll-up
 * @param group 16 hex digits of what is equal in all events of the roll-up
 * @param as what it is counted as
 */
record CountedEvent(int absent, char kind, Instant start, String group, String as) {

    private static final int HASH = 8;
    private static final int FIXED = 3 + HASH;

    /** Spans begin at multiples of ten minutes from the start of the day. */
    private static final Duration UNIT = EventDays.SLOT;

    private static final long DAY = 86_400;

    static String group(String hash) {
        return hash.substring(0, 2 * HASH);
    }

    /** Key of the roll-up. */
    byte[] key(byte[] subject) {
        return StoreKeys.join(subject, StoreKeys.of(kind), StoreKeys.time(start), StoreKeys.hash(group, HASH));
    }

    /** The day is not written: the event's own entry stands under it. */
    byte[] toBytes() {
        byte[] text = as.getBytes(StandardCharsets.UTF_8);
        long unit = Math.floorMod(start.getEpochSecond(), DAY) / UNIT.toSeconds();
        return ByteBuffer.allocate(FIXED + text.length)
                .put((byte) absent)
                .put((byte) kind)
                .put((byte) unit)
                .put(StoreKeys.hash(group, HASH))
                .put(text)
                .array();
    }

    /** @param sameDay any time of the day on which it began */
    static CountedEvent fromBytes(byte[] bytes, Instant sameDay) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int absent = in.get();
        char kind = (char) in.get();
        long unit = Byte.toUnsignedInt(in.get());
        long day = Math.floorDiv(sameDay.getEpochSecond(), DAY) * DAY;
        byte[] group = new byte[HASH];
        in.get(group);
        return new CountedEvent(
                absent,
                kind,
                Instant.ofEpochSecond(day + unit * UNIT.toSeconds()),
                HexFormat.of().formatHex(group),
                new String(bytes, FIXED, bytes.length - FIXED, StandardCharsets.UTF_8));
    }

    boolean isBefore(CountedEvent other) {
        return Arrays.compareUnsigned(toBytes(), other.toBytes()) < 0;
    }
}
