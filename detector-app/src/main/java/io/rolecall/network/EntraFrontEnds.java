package io.rolecall.network;

import inet.ipaddr.IPAddress;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressTrie;
import inet.ipaddr.ipv6.IPv6Address;
import inet.ipaddr.ipv6.IPv6AddressTrie;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The published address ranges of Entra ID's own front-ends, which stand for whoever used them: portal acts are logged with
 * them. Not all of Microsoft: attackers rent machines in Azure. Data and source: {@code entra-front-ends.csv}.
 */
final class EntraFrontEnds {

    private static final IPv4AddressTrie V4 = new IPv4AddressTrie();
    private static final IPv6AddressTrie V6 = new IPv6AddressTrie();

    static {
        ranges().forEach(EntraFrontEnds::add);
    }

    private EntraFrontEnds() {}

    static boolean contains(IPAddress address) {
        return address instanceof IPv4Address v4
                ? V4.elementContains(v4)
                : address instanceof IPv6Address v6 && V6.elementContains(v6);
    }

    /** The ranges as shipped. */
    static List<String> ranges() {
        try (InputStream data = Objects.requireNonNull(
                EntraFrontEnds.class.getResourceAsStream("entra-front-ends.csv"), "entra-front-ends.csv")) {
            return new String(data.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(0, line.indexOf(',')))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading the shipped Entra ranges", e);
        }
    }

    private static void add(String range) {
        IPAddress block = Cidr.parse(range)
                .map(Cidr::block)
                .orElseThrow(() -> new IllegalStateException("Not an address range: " + range));
        if (block instanceof IPv4Address v4) {
            V4.add(v4);
        } else if (block instanceof IPv6Address v6) {
            V6.add(v6);
        }
    }
}
