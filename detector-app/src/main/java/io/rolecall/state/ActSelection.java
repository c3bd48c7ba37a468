package io.rolecall.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;

/**
 * Which acts of a family are shown when there are more than can be read: of each group the first and the last few, the groups that
 * began first before the others, until the family's number is reached. A function of what is stored, and not of the order in which
 * it came; and what is shown is never hidden by what happens later.
 */
final class ActSelection {

    /** So many from the beginning and so many from the end of a group. */
    static final int EACH_END = 4;

    private ActSelection() {}

    /**
     * Chooses among the stored acts of one family.
     *
     * @param family of all of them
     * @param entries all of them, in the order of their keys
     * @param keys reads their keys
     */
    static List<KeyValue<byte[], byte[]>> of(ActFamily family, List<KeyValue<byte[], byte[]>> entries, ActKeys keys) {
        if (entries.size() <= family.most()) {
            return entries;
        }
        Map<String, List<KeyValue<byte[], byte[]>>> groups = new TreeMap<>();
        entries.forEach(entry -> groups.computeIfAbsent(keys.group(entry.key), key -> new ArrayList<>())
                .add(entry));
        // The groups lie in the order of their keys, which decides between two that began at one time.
        List<List<KeyValue<byte[], byte[]>>> inOrder = new ArrayList<>(groups.values());
        inOrder.sort(Comparator.comparing(group -> keys.time(group.get(0).key)));
        return fill(family, inOrder.stream().map(ActSelection::ends).toList());
    }

    /** Takes from the groups, in order, until the family's number is reached. */
    static List<KeyValue<byte[], byte[]>> fill(ActFamily family, Collection<List<KeyValue<byte[], byte[]>>> groups) {
        List<KeyValue<byte[], byte[]>> chosen = new ArrayList<>();
        for (List<KeyValue<byte[], byte[]>> group : groups) {
            if (chosen.size() + group.size() > family.most()) {
                break;
            }
            chosen.addAll(group);
        }
        return chosen;
    }

    private static List<KeyValue<byte[], byte[]>> ends(List<KeyValue<byte[], byte[]>> group) {
        if (group.size() <= 2 * EACH_END) {
            return group;
        }
        return united(group.subList(0, EACH_END), group.subList(group.size() - EACH_END, group.size()));
    }

    /** The beginning and the end of a group, which may overlap. */
    static List<KeyValue<byte[], byte[]>> united(
            List<KeyValue<byte[], byte[]>> beginning, List<KeyValue<byte[], byte[]>> end) {
        List<KeyValue<byte[], byte[]>> ends = new ArrayList<>(beginning);
        end.stream()
                .filter(entry -> beginning.stream().noneMatch(known -> Arrays.equals(known.key, entry.key)))
                .forEach(ends::add);
        return ends;
    }
}
