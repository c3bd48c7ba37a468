package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** EventAddresses as logged, freed from port, brackets and zone. */
public final class EventAddresses {

    private static final Pattern V4_WITH_PORT = Pattern.compile("([0-9.]+):[0-9]{1,5}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    /** Between the addresses of one field, for example those that proxies have added one after another. */
    private static final Pattern SEPARATORS = Pattern.compile("[\\s,;|]+");

    private static final int MOST_CHARACTERS = 100;
    private static final int V4_GROUPS = 4;
    private static final int V6_GROUPS = 8;

    private EventAddresses() {}

    /**
     * The addresses of the first field that holds any, in its order and without doubles: a field is one address, several with
     * commas, semicolons, bars or spaces between them, or a list, plain or encoded in a string. What is no address is left out.
     */
    static List<String> first(JsonNode... fields) {
        for (JsonNode field : fields) {
            List<String> addresses = all(field);
            if (!addresses.isEmpty()) {
                return addresses;
            }
        }
        return List.of();
    }

    private static List<String> all(JsonNode field) {
        if (field.isMissingNode() || field.isNull()) {
            return List.of();
        }
        if (field.isTextual() && isFourth(field.asText())) {
            return List.of(field.asText());
        }
        Set<String> addresses = new LinkedHashSet<>();
        for (String text : Values.texts(field)) {
            for (String part : SEPARATORS.split(withoutBrackets(text), -1)) {
                String address = normalise(part);
                if (address != null) {
                    addresses.add(address);
                }
            }
        }
        return List.copyOf(addresses);
    }

    /** The text without the brackets of a list around it; those around one address stay, with its port. */
    private static String withoutBrackets(String text) {
        String list = text.strip();
        boolean around = list.startsWith("[") && list.endsWith("]") && list.indexOf(']') == list.length() - 1;
        return around ? list.substring(1, list.length() - 1) : text;
    }

    /**
     * The bare address; an IPv4 address mapped into IPv6 is the IPv4 address.
     *
     * @return null for what is no address: host names, {@code <null>}, {@code <Redacted>}, too many groups
     */
    public static @Nullable String normalise(@Nullable String raw) {
        String text = Values.present(raw);
        if (text == null || text.length() > MOST_CHARACTERS) {
            return null;
        }
        if (isFourth(text)) {
            return text;
        }
        String bare = withoutZone(withoutPort(text));
        if (isFourth(bare)) {
            return bare;
        }
        return V6.matcher(bare).matches() && bare.indexOf(':') >= 0 ? sixth(bare) : null;
    }

    /** Four numbers to 255 without leading zeros, with dots between. By hand, because most addresses are of this kind. */
    private static boolean isFourth(String text) {
        int groups = 0;
        int from = 0;
        while (groups < V4_GROUPS) {
            int to = from;
            int number = 0;
            while (to < text.length() && to - from < 4 && text.charAt(to) >= '0' && text.charAt(to) <= '9') {
                number = 10 * number + text.charAt(to) - '0';
                to++;
            }
            boolean leadingZero = to - from > 1 && text.charAt(from) == '0';
            if (to == from || number > 255 || leadingZero) {
                return false;
            }
            groups++;
            if (to == text.length()) {
                return groups == V4_GROUPS;
            }
            if (text.charAt(to) != '.') {
                return false;
            }
            from = to + 1;
        }
        return false;
    }

    private static @Nullable String sixth(String text) {
        // The compressed form stands for at least one group, so nine colon-separated parts are one too many.
        if (text.split(":", -1).length > V6_GROUPS + (text.startsWith("::") || text.endsWith("::") ? 1 : 0)) {
            return null;
        }
        try {
            IPAddress address = new IPAddressString(text).toAddress();
            if (address == null || !address.isIPv6() || address.isMultiple()) {
                return null;
            }
            IPv6Address six = address.toIPv6();
            return six.isIPv4Mapped() ? six.getEmbeddedIPv4Address().toCanonicalString() : text;
        } catch (AddressStringException notAnAddress) {
            return null;
        }
    }

    private static String withoutPort(String text) {
        int close = text.indexOf(']');
        if (text.startsWith("[") && close > 0) {
            return text.substring(1, close);
        }
        var matcher = V4_WITH_PORT.matcher(text);
        return matcher.matches() ? matcher.group(1) : text;
    }

    private static String withoutZone(String text) {
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
