package io.rolecall.deployment;

import io.rolecall.network.PrefixAddressTable;
import io.rolecall.schema.OrgNetwork;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an import would do to the networks of the topic. Networks that only the topic has stay: a network is ended, not forgotten.
 *
 * @param added entries whose key the topic does not have
 * @param changed entries that differ from what the topic has under their key
 * @param unchanged number of entries that the topic has already
 * @param others number of entries that only the topic has
 */
public record NetworkChanges(
        Map<String, OrgNetwork> added, Map<String, OrgNetwork> changed, int unchanged, int others) {

    /** Compares networks with what the topic holds. */
    public static NetworkChanges between(Map<String, OrgNetwork> held, Collection<OrgNetwork> wanted) {
        Map<String, OrgNetwork> added = new TreeMap<>();
        Map<String, OrgNetwork> changed = new TreeMap<>();
        int unchanged = 0;
        for (OrgNetwork network : wanted) {
            String key = PrefixAddressTable.key(network);
            OrgNetwork before = held.get(key);
            if (before == null) {
                added.put(key, network);
            } else if (before.equals(network)) {
                unchanged++;
            } else {
                changed.put(key, network);
            }
        }
        return new NetworkChanges(added, changed, unchanged, held.size() - changed.size() - unchanged);
    }

    /** Everything that is to be written. */
    public Map<String, OrgNetwork> toWrite() {
        Map<String, OrgNetwork> entries = new TreeMap<>(added);
        entries.putAll(changed);
        return entries;
    }
}
