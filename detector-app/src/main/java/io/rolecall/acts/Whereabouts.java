package io.rolecall.acts;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/** Addresses by what they are to the organisation. All but the front-ends' are of the blocks reserved for documentation. */
final class Whereabouts {

    static final String OFFICE = "office";
    static final String OUTSIDE = "outside";
    static final String FRONTEND = "frontend";
    static final String UNKNOWN = "unknown";

    /** The words for whereabouts. */
    static final List<String> WORDS = List.of(OFFICE, OUTSIDE, FRONTEND, UNKNOWN);

    private static final List<String> ELSEWHERE = List.of("198.51.100.", "192.0.2.", "203.0.113.");
    private static final String FRONT_END = "20.190.151.";
    private static final int HOSTS = 200;

    private final List<IPAddress> networks;

    /** @param networks the organisation's networks, as prefixes; {@code office} lies in the first */
    Whereabouts(List<String> networks) {
        this.networks = networks.stream()
                .map(cidr -> new IPAddressString(cidr).getAddress())
                .filter(Objects::nonNull)
                .map(IPAddress::toPrefixBlock)
                .toList();
    }

    /** Whether there is an office. */
    boolean hasOffice() {
        return !networks.isEmpty();
    }

    /**
     * The address of somebody.
     *
     * @param where one of {@link #WORDS}, or an address, which stands for itself
     * @param random decides the host
     * @return empty for {@code unknown}
     */
    Optional<String> address(String where, SplittableRandom random) {
        int host = 10 + random.nextInt(HOSTS);
        return switch (where) {
            case UNKNOWN -> Optional.empty();
            case FRONTEND -> Optional.of(FRONT_END + host);
            case OFFICE -> Optional.of(inside(host));
            case OUTSIDE -> Optional.of(elsewhere(host));
            default -> Optional.of(where);
        };
    }

    /** Whether an address lies in a network of the organisation. */
    boolean isOffice(String address) {
        return isAddress(address)
                && networks.stream().anyMatch(network -> network.contains(new IPAddressString(address).getAddress()));
    }

    /** Whether a text is an address. */
    static boolean isAddress(String text) {
        return new IPAddressString(text).isIPAddress() && text.indexOf('/') < 0;
    }

    private String inside(int host) {
        IPAddress network = networks.get(0);
        int room = network.getCount().bitLength() > 8
                ? host
                : host % network.getCount().intValue();
        return network.getLower().increment(room).withoutPrefixLength().toString();
    }

    private String elsewhere(int host) {
        return ELSEWHERE.stream()
                .map(block -> block + host)
                .filter(address -> !isOffice(address))
                .findFirst()
                .orElse("2001:db8:bad::" + host);
    }
}
