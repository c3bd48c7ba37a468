package io.rolecall.network;

import inet.ipaddr.IPAddress;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;

/** Addresses that say nothing about where somebody is: IANA's special-purpose registries (RFC 6890), without documentation ranges. */
final class SpecialAddresses {

    private SpecialAddresses() {}

    static boolean isPublic(IPAddress address) {
        if (address.isLoopback() || address.isMulticast() || address.isLinkLocal() || address.isUnspecified()) {
            return false;
        }
        if (address instanceof IPv4Address v4) {
            return isPublic(v4);
        }
        return address instanceof IPv6Address v6 && !v6.isUniqueLocal() && !v6.isSiteLocal();
    }

    private static boolean isPublic(IPv4Address address) {
        int first = address.getSegment(0).getSegmentValue();
        int second = address.getSegment(1).getSegmentValue();
        boolean thisNetwork = first == 0;
        boolean sharedByCarriers = first == 100 && second >= 64 && second <= 127; // RFC 6598, 100.64.0.0/10
        boolean reserved = first >= 240; // RFC 1112, and the limited broadcast address
        return !address.isPrivate() && !thisNetwork && !sharedByCarriers && !reserved;
    }
}
