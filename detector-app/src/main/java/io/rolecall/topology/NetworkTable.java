package io.rolecall.topology;

import io.rolecall.network.AddressTable;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The address table of this process, swapped as a whole when networks change; shared by all its tasks. It is built when it is next
 * asked for, so that thousands of entries read in one go cost one building.
 */
public final class NetworkTable {

    /** Refused entries kept for the quarantine; a topic full of other records is no reason to fill the memory. */
    private static final int MOST_REFUSED = 1_000;

    private final Map<String, OrgNetwork> entries = new TreeMap<>();
    private final List<Rejected> refused = new ArrayList<>();
    private PrefixAddressTable table = PrefixAddressTable.EMPTY;
    private boolean changed;

    public synchronized AddressTable table() {
        if (changed) {
            table = PrefixAddressTable.of(entries.values());
            changed = false;
        }
        return table;
    }

    synchronized int size() {
        return entries.size();
    }

    /** Labels of all entries, ordered. */
    synchronized Set<String> labels() {
        return entries.values().stream().map(OrgNetwork::getLabel).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Takes an entry, or removes it when the network is null. */
    synchronized void put(String key, @Nullable OrgNetwork network) {
        if (network == null) {
            entries.remove(key);
        } else {
            entries.put(key, network);
        }
        changed = true;
    }

    synchronized void refuse(Rejected entry) {
        if (refused.size() < MOST_REFUSED) {
            refused.add(entry);
        }
    }

    /** Entries refused since the start of the process, in the order they came. */
    synchronized List<Rejected> refused() {
        return List.copyOf(refused);
    }
}
