package io.rolecall.network;

import inet.ipaddr.IPAddress;
import inet.ipaddr.format.util.AssociativeAddressTrie.AssociativeTrieNode;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressAssociativeTrie;
import inet.ipaddr.ipv6.IPv6Address;
import inet.ipaddr.ipv6.IPv6AddressAssociativeTrie;
import io.rolecall.schema.OrgNetwork;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The organisation's networks in a prefix tree. Immutable: a change makes a new table, which the caller swaps in.
 *
 * <p>The longest prefix that is valid at the time of the event wins; of several entries of one range valid at that time, the one
 * that began last.
 */
public final class PrefixAddressTable implements AddressTable {

    /** The table without any network: nothing can be called external. */
    public static final PrefixAddressTable EMPTY = new PrefixAddressTable(new TreeMap<>());

    private record Entry(IPAddress block, String cidr, String label, Instant from, Instant to) {

        boolean validAt(Instant at) {
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    /** The entry that began last first. */
    private static final Comparator<Entry> LATEST_FIRST =
            Comparator.comparing(Entry::from).reversed().thenComparing(Entry::label);

    private final SortedMap<String, OrgNetwork> networks;
    private final IPv4AddressAssociativeTrie<List<Entry>> v4 = new IPv4AddressAssociativeTrie<>();
    private final IPv6AddressAssociativeTrie<List<Entry>> v6 = new IPv6AddressAssociativeTrie<>();
    private final String version;

    private PrefixAddressTable(SortedMap<String, OrgNetwork> networks) {
        this.networks = networks;
        Map<String, List<Entry>> byRange = new TreeMap<>();
        networks.values().forEach(network -> {
            Entry entry = entry(network);
            byRange.computeIfAbsent(entry.cidr(), range -> new ArrayList<>()).add(entry);
        });
        byRange.values().forEach(this::put);
        this.version = hash(networks);
    }

    /**
     * A table of some networks. Of equal keys the last wins, as in the topic.
     *
     * @throws IllegalArgumentException when a range cannot be parsed
     */
    public static PrefixAddressTable of(Collection<OrgNetwork> networks) {
        TreeMap<String, OrgNetwork> byKey = new TreeMap<>();
        networks.forEach(network -> byKey.put(key(network), network));
        return new PrefixAddressTable(byKey);
    }

    /**
     * Key of a network in the topic: {@code CIDR|validFrom}, with nothing after the bar for a network without a beginning.
     *
     * @throws IllegalArgumentException when the range cannot be parsed
     */
    public static String key(OrgNetwork network) {
        return range(network.getCidr()) + "|"
                + network.getValidFrom().map(Instant::toString).orElse("");
    }

    /**
     * A network as the topic may have it under a key.
     *
     * @throws IllegalArgumentException when it is no valid network, or lies under another one's key
     */
    public static OrgNetwork valid(String key, OrgNetwork network) {
        String expected = key(network);
        if (!expected.equals(key)) {
            throw new IllegalArgumentException("the key of " + network.getCidr() + " must be " + expected);
        }
        Instant from = network.getValidFrom().orElse(Instant.MIN);
        if (network.getValidTo().filter(to -> !to.isAfter(from)).isPresent()) {
            throw new IllegalArgumentException(expected + " ends before it begins");
        }
        return network;
    }

    /**
     * The table with one network more, or another in its place.
     *
     * @throws IllegalArgumentException when the range cannot be parsed
     */
    public PrefixAddressTable with(OrgNetwork network) {
        TreeMap<String, OrgNetwork> changed = new TreeMap<>(networks);
        changed.put(key(network), network);
        return new PrefixAddressTable(changed);
    }

    /** The table without the network of a key; the same table when it has none. */
    public PrefixAddressTable without(String key) {
        if (!networks.containsKey(key)) {
            return this;
        }
        TreeMap<String, OrgNetwork> changed = new TreeMap<>(networks);
        changed.remove(key);
        return new PrefixAddressTable(changed);
    }

    /** The networks, ordered by key. */
    public List<OrgNetwork> networks() {
        return List.copyOf(networks.values());
    }

    @Override
    public NetworkMatch lookup(@Nullable String ip, Instant at) {
        Optional<IPAddress> parsed = IpText.parse(ip);
        if (parsed.isEmpty()) {
            return NetworkMatch.of(AddressClass.UNKNOWN);
        }
        IPAddress address = parsed.get();
        Entry own = ownNetwork(address, at);
        if (own != null) {
            return new NetworkMatch(AddressClass.ORGANIZATION, Optional.of(own.label()));
        }
        if (EntraFrontEnds.contains(address)) {
            return NetworkMatch.of(AddressClass.MICROSOFT_SERVICE);
        }
        boolean external = !isEmpty() && SpecialAddresses.isPublic(address);
        return NetworkMatch.of(external ? AddressClass.EXTERNAL : AddressClass.UNKNOWN);
    }

    @Override
    public boolean isEmpty() {
        return networks.isEmpty();
    }

    @Override
    public String version() {
        return version;
    }

    private @Nullable Entry ownNetwork(IPAddress address, Instant at) {
        if (address instanceof IPv4Address v4Address) {
            return longestValid(v4.elementsContaining(v4Address), at);
        }
        return address instanceof IPv6Address v6Address ? longestValid(v6.elementsContaining(v6Address), at) : null;
    }

    /**
     * Walks the ranges that contain an address from the widest to the narrowest and keeps the last that is valid.
     *
     * @param widest widest range containing the address, whose lower or upper node is the next narrower one; null for none
     */
    private static @Nullable Entry longestValid(
            @Nullable AssociativeTrieNode<? extends IPAddress, List<Entry>> widest, Instant at) {
        Entry found = null;
        AssociativeTrieNode<? extends IPAddress, List<Entry>> node = widest;
        while (node != null) {
            List<Entry> entries = node.isAdded() ? node.getValue() : null;
            if (entries != null) {
                for (Entry entry : entries) {
                    if (entry.validAt(at)) {
                        found = entry;
                        break;
                    }
                }
            }
            AssociativeTrieNode<? extends IPAddress, List<Entry>> lower = node.getLowerSubNode();
            node = lower != null ? lower : node.getUpperSubNode();
        }
        return found;
    }

    private void put(List<Entry> entries) {
        List<Entry> ordered = entries.stream().sorted(LATEST_FIRST).toList();
        IPAddress block = ordered.get(0).block();
        if (block instanceof IPv4Address v4Block) {
            v4.put(v4Block, ordered);
        } else if (block instanceof IPv6Address v6Block) {
            v6.put(v6Block, ordered);
        }
    }

    private static Entry entry(OrgNetwork network) {
        IPAddress block = Cidr.block(address(network.getCidr()));
        return new Entry(
                block,
                Cidr.text(block),
                network.getLabel(),
                network.getValidFrom().orElse(Instant.MIN),
                network.getValidTo().orElse(Instant.MAX));
    }

    private static String range(String cidr) {
        return Cidr.text(address(cidr));
    }

    private static IPAddress address(String cidr) {
        return Cidr.parse(cidr).orElseThrow(() -> new IllegalArgumentException("Not an address range: " + cidr));
    }

    private static String hash(SortedMap<String, OrgNetwork> networks) {
        StringBuilder content = new StringBuilder();
        networks.forEach((key, network) -> content.append(key)
                .append('|')
                .append(network.getValidTo().map(Instant::toString).orElse(""))
                .append('|')
                .append(network.getLabel().length())
                .append(':')
                .append(network.getLabel())
                .append('\n'));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
