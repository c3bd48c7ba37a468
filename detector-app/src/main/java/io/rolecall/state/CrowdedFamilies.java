package io.rolecall.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * When the groups of a family began, for families with more acts than are shown: so those that began first are found without
 * reading the others. Kept from the moment at which a family has too many, until it has none.
 */
final class CrowdedFamilies {

    /** Group by the time at which it began. */
    private static final char BY_TIME = 'k';

    /** When a group began, by group. */
    private static final char BEGAN = 'l';

    private static final byte[] PRESENT = new byte[0];

    private final EntryStore store;

    CrowdedFamilies(EntryStore store) {
        this.store = store;
    }

    /** Takes account of a group in which acts have come or gone. */
    void changed(byte[] subject, ActGroup group) {
        ActKeys keys = new ActKeys(subject);
        byte[] family = keys.all(group.family());
        if (isKept(subject, group.family())) {
            update(subject, keys.all(group));
            return;
        }
        if (store.withPrefix(family, group.family().most() + 1).size()
                <= group.family().most()) {
            return;
        }
        for (byte[] next = first(family); next != null; next = after(keys.groupOf(next), family)) {
            update(subject, keys.groupOf(next));
        }
    }

    /** Takes account of the groups of a subject after acts of any were deleted. */
    void changed(byte[] subject, byte[] groupPrefix) {
        if (isKept(subject, ActFamily.of((char) groupPrefix[subject.length + 1]))) {
            update(subject, groupPrefix);
        }
    }

    /** The acts shown of a family that has more than are shown. */
    List<KeyValue<byte[], byte[]>> shown(byte[] subject, ActFamily family) {
        byte[] index = StoreKeys.join(subject, StoreKeys.of(BY_TIME), StoreKeys.of(family.code()));
        List<List<KeyValue<byte[], byte[]>>> groups = new ArrayList<>();
        int number = 0;
        for (KeyValue<byte[], byte[]> entry : store.withPrefix(index, family.most())) {
            if (number >= family.most()) {
                break;
            }
            byte[] key = Arrays.copyOfRange(entry.key, index.length + Long.BYTES, entry.key.length);
            byte[] group = StoreKeys.join(new ActKeys(subject).all(family), key);
            List<KeyValue<byte[], byte[]>> ends = ActSelection.united(
                    store.withPrefix(group, ActSelection.EACH_END),
                    reversed(store.lastWithPrefix(group, ActSelection.EACH_END)));
            groups.add(ends);
            number += ends.size();
        }
        return ActSelection.fill(family, groups);
    }

    private boolean isKept(byte[] subject, ActFamily family) {
        return !store.withPrefix(StoreKeys.join(subject, StoreKeys.of(BY_TIME), StoreKeys.of(family.code())), 1)
                .isEmpty();
    }

    private void update(byte[] subject, byte[] groupPrefix) {
        byte[] familyAndGroup = Arrays.copyOfRange(groupPrefix, subject.length + 1, groupPrefix.length);
        byte[] began = StoreKeys.join(subject, StoreKeys.of(BEGAN), familyAndGroup);
        byte[] known = store.get(began);
        List<KeyValue<byte[], byte[]>> first = store.withPrefix(groupPrefix, 1);
        byte @Nullable [] now = first.isEmpty()
                ? null
                : Arrays.copyOfRange(first.get(0).key, groupPrefix.length, groupPrefix.length + Long.BYTES);
        if (Arrays.equals(known, now)) {
            return;
        }
        if (known != null) {
            store.delete(byTime(subject, familyAndGroup, known));
        }
        if (now == null) {
            store.delete(began);
        } else {
            store.put(began, now);
            store.put(byTime(subject, familyAndGroup, now), PRESENT);
        }
    }

    private static byte[] byTime(byte[] subject, byte[] familyAndGroup, byte[] time) {
        byte[] family = Arrays.copyOf(familyAndGroup, 1);
        byte[] group = Arrays.copyOfRange(familyAndGroup, 1, familyAndGroup.length);
        return StoreKeys.join(subject, StoreKeys.of(BY_TIME), family, time, group);
    }

    private byte @Nullable [] first(byte[] prefix) {
        List<KeyValue<byte[], byte[]>> found = store.withPrefix(prefix, 1);
        return found.isEmpty() ? null : found.get(0).key;
    }

    /** The first key behind a group that still starts with the prefix. */
    private byte @Nullable [] after(byte[] group, byte[] prefix) {
        List<KeyValue<byte[], byte[]>> found =
                store.between(StoreKeys.after(group).get(), StoreKeys.after(prefix), 1);
        return found.isEmpty() ? null : found.get(0).key;
    }

    private static List<KeyValue<byte[], byte[]>> reversed(List<KeyValue<byte[], byte[]>> entries) {
        List<KeyValue<byte[], byte[]>> reversed = new ArrayList<>(entries);
        Collections.reverse(reversed);
        return reversed;
    }
}
