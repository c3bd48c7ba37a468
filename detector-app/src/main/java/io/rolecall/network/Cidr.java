package io.rolecall.network;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressStringParameters;
import java.util.List;
import java.util.Optional;

/** Address ranges in CIDR notation. */
public final class Cidr {

    /** An address with an optional prefix length, and nothing else; host bits stay visible. */
    private static final IPAddressStringParameters PREFIXED = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowMask(false)
            .allowPrefix(true)
            .allowPrefixOnly(false)
            .allowWildcardedSeparator(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowBinary(false)
            .allowLeadingZeros(false)
            .allowPrefixesBeyondAddressSize(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowBase85(false)
            .allowBinary(false)
            .allowZone(false)
            .allowPrefixesBeyondAddressSize(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getParentBuilder()
            .toParams();

    private Cidr() {}

    /** The canonical text of a range, a single address with its full length; empty when it is none or has host bits set. */
    public static Optional<String> canonical(String text) {
        return parse(text).filter(Cidr::isBlock).map(Cidr::text);
    }

    /** The first and the last address of a range, in CIDR notation or as two addresses with a dash; the text itself for anything else. */
    public static List<String> ends(String text) {
        int dash = text.indexOf('-');
        if (dash > 0) {
            return List.of(
                    text.substring(0, dash).strip(), text.substring(dash + 1).strip());
        }
        return parse(text)
                .map(Cidr::block)
                .map(block -> List.of(
                        lower(block).toCanonicalString(),
                        block.getUpper().withoutPrefixLength().toCanonicalString()))
                .orElseGet(() -> List.of(text));
    }

    /** The range as written, host bits included; a single address has its full length. Empty when it is no range. */
    static Optional<IPAddress> parse(String text) {
        return IpText.strictly(text.strip(), PREFIXED)
                .map(address -> address.isPrefixed() ? address : address.setPrefixLength(address.getBitCount(), false));
    }

    /** Whether the address has no bits set beyond its prefix. */
    static boolean isBlock(IPAddress address) {
        return block(address).getLower().withoutPrefixLength().equals(lower(address));
    }

    /** The whole block of the address's prefix. */
    static IPAddress block(IPAddress address) {
        return address.toPrefixBlock();
    }

    /** The block in its canonical text, always with the prefix length. */
    static String text(IPAddress address) {
        return block(address).toCanonicalString();
    }

    private static IPAddress lower(IPAddress address) {
        return address.getLower().withoutPrefixLength();
    }
}
