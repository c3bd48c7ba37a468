package io.rolecall.network;

import inet.ipaddr.ipv4.IPv4Address;
import java.util.Optional;

/** The network of an address where no list of networks is at hand: addresses that lie so close mostly belong to one site. */
public final class Neighbourhoods {

    private static final int IPV4_PREFIX = 24;
    private static final int IPV6_PREFIX = 48;

    private Neighbourhoods() {}

    /**
     * The /24 or /48 in which an address lies.
     *
     * @param ip address in any spelling
     * @return a CIDR block; empty when it is no address, and for one of Entra ID's front-ends, which stands for whoever used it
     */
    public static Optional<String> of(String ip) {
        long number = IpText.fourNumbers(ip);
        if (number != IpText.NONE) {
            // Most are of this kind, and every event is asked several times.
            return EntraFrontEnds.contains(new IPv4Address((int) number))
                    ? Optional.empty()
                    : Optional.of(ip.substring(0, ip.lastIndexOf('.')) + ".0/" + IPV4_PREFIX);
        }
        return IpText.parse(ip)
                .filter(address -> !EntraFrontEnds.contains(address))
                .map(address -> address.toPrefixBlock(address.isIPv4() ? IPV4_PREFIX : IPV6_PREFIX)
                        .toCanonicalString());
    }
}
