package io.rolecall.state;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the acts of one subject: the subject, the family, the group, the time and the act's id, so that a family and each of its
 * groups are read in one range, by time.
 */
final class ActKeys {

    static final char ACT = 'a';

    private static final int GROUP = 4;
    private static final int HASH = 8;

    private final byte[] prefix;

    /** @param subject key of the subject */
    ActKeys(byte[] subject) {
        this.prefix = StoreKeys.join(subject, StoreKeys.of(ACT));
    }

    /** Start of the keys of all acts. */
    byte[] all() {
        return prefix;
    }

    byte[] all(ActFamily family) {
        return StoreKeys.join(prefix, StoreKeys.of(family.code()));
    }

    byte[] all(ActGroup group) {
        return StoreKeys.join(all(group.family()), StoreKeys.hash(group.key(), GROUP));
    }

    /** What the index keeps of an act's key: all but the subject and the act's id, which the index has in its own key. */
    static byte[] location(ActGroup group, Instant time) {
        return StoreKeys.join(
                StoreKeys.of(ACT),
                StoreKeys.of(group.family().code()),
                StoreKeys.hash(group.key(), GROUP),
                StoreKeys.time(time));
    }

    /** The key of an act at its location. */
    static byte[] key(byte[] subject, byte[] location, String actId) {
        return StoreKeys.join(subject, location, StoreKeys.hash(actId, HASH));
    }

    ActFamily family(byte[] key) {
        return ActFamily.of((char) key[prefix.length]);
    }

    /** The key of the group, as {@link ActGroup} has it. */
    String group(byte[] key) {
        int start = prefix.length + 1;
        return HexFormat.of().formatHex(key, start, start + GROUP);
    }

    Instant time(byte[] key) {
        return StoreKeys.time(key, prefix.length + 1 + GROUP);
    }

    /** The start of the keys of an act's group. */
    byte[] groupOf(byte[] key) {
        return Arrays.copyOf(key, prefix.length + 1 + GROUP);
    }

    /** The end of the acts of a group before a time. */
    static Bytes before(byte[] group, Instant time) {
        return Bytes.wrap(ByteBuffer.allocate(group.length + Long.BYTES)
                .put(group)
                .put(StoreKeys.time(time))
                .array());
    }
}
