package io.rolecall.network;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as logs write them: {@code 1.2.3.4:50123}, {@code [2001:db8::1]:443}, {@code fe80::1%eth0},
 * {@code ::ffff:1.2.3.4}, {@code <null>}, host names, an IPv6 address of nine groups.
 */
public final class IpText {

    /** That a text is no address of four numbers. */
    static final long NONE = -1;

    private static final int NUMBERS = 4;
    private static final int LARGEST = 255;

    /** Longest text that can be an address: brackets, eight groups with embedded IPv4, zone and port. */
    private static final int LONGEST = 100;

    /** One whole address in the usual notation and nothing else: no ranges, wildcards, masks, prefixes or octal shorthand. */
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowMask(false)
            .allowPrefix(false)
            .allowPrefixOnly(false)
            .allowWildcardedSeparator(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowBinary(false)
            .allowLeadingZeros(false)
            .allowUnlimitedLeadingZeros(false)
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowBase85(false)
            .allowBinary(false)
            .allowZone(false)
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .getParentBuilder()
            .toParams();

    /** What browsers take for an IPv4 address, too: one number, fewer than four parts, octal and hexadecimal parts. */
    private static final IPAddressStringParameters OF_HOST = STRICT.toBuilder()
            .allowSingleSegment(true)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(true)
            .allowLeadingZeros(true)
            .allowUnlimitedLeadingZeros(true)
            .getParentBuilder()
            .toParams();

    private IpText() {}

    /**
     * The address that the host of a web address is, as browsers read it: {@code [::1]}, {@code 10.0.0.7}, {@code 0x7f.1},
     * {@code 2130706433}.
     *
     * @param host host without port, lower case
     * @return its usual form, without brackets; empty for a name
     */
    public static Optional<String> literal(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (bare.isEmpty() || bare.length() > LONGEST) {
            return Optional.empty();
        }
        // Only a last part that is a number makes it an address: "beef" and "cafe.de" are names.
        String last = bare.substring(bare.lastIndexOf('.') + 1);
        boolean number = last.matches("[0-9]+|0x[0-9a-f]*");
        return bare.contains(":") || number
                ? strictly(bare, OF_HOST).map(IPAddress::toCanonicalString)
                : Optional.empty();
    }

    /**
     * Normalises an address.
     *
     * @param text as logged; null is no address
     * @return dotted IPv4, also for IPv4-mapped IPv6, or IPv6 in its compressed lower-case form, without port, brackets and
     *     zone; empty for everything that is no address
     */
    public static Optional<String> normalise(@Nullable String text) {
        return parse(text).map(IPAddress::toCanonicalString);
    }

    /** Parses an address as logged; IPv4-mapped IPv6 becomes IPv4. Empty for everything that is no address. */
    static Optional<IPAddress> parse(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        long number = fourNumbers(text);
        if (number != NONE) {
            return Optional.of(new IPv4Address((int) number));
        }
        String bare = bare(text.strip());
        if (bare.isEmpty() || !startsLikeAnAddress(bare.charAt(0))) {
            return Optional.empty();
        }
        return strictly(bare, STRICT);
    }

    /**
     * The value of four numbers to 255 without leading zeros and with dots between, as most addresses are written; {@link #NONE} for
     * every other text.
     */
    static long fourNumbers(String text) {
        long value = 0;
        int from = 0;
        for (int group = 1; group <= NUMBERS; group++) {
            int to = from;
            int number = 0;
            while (to < text.length() && to - from < 4 && isDigit(text.charAt(to))) {
                number = 10 * number + text.charAt(to) - '0';
                to++;
            }
            boolean leadingZero = to - from > 1 && text.charAt(from) == '0';
            boolean ends = group == NUMBERS ? to == text.length() : to < text.length() && text.charAt(to) == '.';
            if (to == from || number > LARGEST || leadingZero || !ends) {
                return NONE;
            }
            value = value << Byte.SIZE | number;
            from = to + 1;
        }
        return value;
    }

    /** Parses strictly; IPv4-mapped IPv6 becomes IPv4, with its prefix. */
    static Optional<IPAddress> strictly(String text, IPAddressStringParameters parameters) {
        try {
            IPAddress address = new IPAddressString(text, parameters).toAddress();
            return Optional.ofNullable(address).map(IpText::unmapped);
        } catch (AddressStringException | IncompatibleAddressException e) {
            return Optional.empty();
        }
    }

    private static IPAddress unmapped(IPAddress address) {
        if (!(address instanceof IPv6Address v6) || !v6.isIPv4Mapped()) {
            return address;
        }
        Integer length = v6.getNetworkPrefixLength();
        IPAddress v4 = v6.getEmbeddedIPv4Address().withoutPrefixLength();
        return length == null ? v4 : v4.setPrefixLength(Math.max(0, length - 96), false);
    }

    /** Without port, brackets and zone. */
    private static String bare(String text) {
        String address = text;
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            if (end < 0 || !isPort(address.substring(end + 1))) {
                return "";
            }
            address = address.substring(1, end);
        } else {
            int colon = address.indexOf(':');
            boolean single = colon > 0 && colon == address.lastIndexOf(':');
            if (single && address.indexOf('.') > 0) {
                if (!isPort(address.substring(colon))) {
                    return "";
                }
                address = address.substring(0, colon);
            }
        }
        int zone = address.indexOf('%');
        return (zone < 0 ? address : address.substring(0, zone)).toLowerCase(Locale.ROOT);
    }

    private static boolean isPort(String text) {
        if (text.isEmpty()) {
            return true;
        }
        if (text.charAt(0) != ':' || text.length() < 2 || text.length() > 6) {
            return false;
        }
        for (int index = 1; index < text.length(); index++) {
            if (!isDigit(text.charAt(index))) {
                return false;
            }
        }
        return Integer.parseInt(text.substring(1)) <= 65_535;
    }

    private static boolean startsLikeAnAddress(char first) {
        return isDigit(first) || first == ':' || (first >= 'a' && first <= 'f');
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
