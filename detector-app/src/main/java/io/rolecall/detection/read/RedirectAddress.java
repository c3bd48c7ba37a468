package io.rolecall.detection.read;

import io.rolecall.network.IpText;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A redirect address as a registration states it, read as browsers read it: what stands before an {@code @} is no host, slashes may
 * be backslashes or lack. It may hold wildcards, which no library for addresses takes.
 *
 * @param text as logged
 * @param scheme lower case; empty when there is none, {@code *} for a wildcard
 * @param host lower case, without port, user and closing dot, of an IP address its usual form; empty when there is none
 * @param path what follows the host
 */
public record RedirectAddress(String text, String scheme, String host, String path) {

    private static final Pattern PARTS = Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*|\\*):)?(.*)", Pattern.DOTALL);
    private static final Pattern PORT = Pattern.compile(":[0-9*]*$");

    /** Where a token goes to whoever runs the application on a device: the addresses that Microsoft offers for that. */
    private static final Set<String> NATIVE_HOSTS = Set.of(
            "login.microsoftonline.com",
            "login.microsoftonline.us",
            "login.partner.microsoftonline.cn",
            "login.chinacloudapi.cn",
            "login.windows.net");

    /** Reads an address; everything is one. */
    public static RedirectAddress of(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalStateException("Matches everything: " + text);
        }
        String scheme = parts.group(1) == null ? "" : parts.group(1).toLowerCase(Locale.ROOT);
        String rest = parts.group(2).replace('\\', '/').replaceFirst("^/+", "");
        int end = end(rest);
        String authority = rest.substring(0, end);
        return new RedirectAddress(text, scheme, host(authority), rest.substring(end));
    }

    private static int end(String rest) {
        for (int index = 0; index < rest.length(); index++) {
            if ("/?#".indexOf(rest.charAt(index)) >= 0) {
                return index;
            }
        }
        return rest.length();
    }

    private static String host(String authority) {
        String host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        host = PORT.matcher(host).replaceFirst("");
        while (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        return IpText.literal(host).orElse(host);
    }

    /** Whether only what runs on the same device, or registered the scheme there, can receive what is sent to it. */
    public boolean isOfDevice() {
        return isCustom() || isLoopback() || isNativeClients();
    }

    /** A scheme that is none of the web's. */
    public boolean isCustom() {
        return !Set.of("", "*", "http", "https").contains(scheme);
    }

    /** The machine itself: {@code localhost}, 127.0.0.0/8, ::1. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.equals("::1") || (isLiteral() && host.startsWith("127."));
    }

    /** Microsoft's own address for applications on a device. */
    public boolean isNativeClients() {
        String lower = path.toLowerCase(Locale.ROOT);
        return scheme.equals("https")
                && ((NATIVE_HOSTS.contains(host) && lower.matches("/[^/*?#]+/oauth2/nativeclient/?"))
                        || (host.equals("login.live.com") && lower.equals("/oauth20_desktop.srf")));
    }

    public boolean isPlainHttp() {
        return scheme.equals("http");
    }

    public boolean isWildcard() {
        return text.contains("*");
    }

    /** Whether the host is an IP address, in any way of writing one. */
    public boolean isLiteral() {
        return IpText.literal(host).isPresent();
    }

    /** The host without a leading wildcard; empty for an IP address and where only a wildcard stands. */
    public Optional<String> name() {
        String name = host.startsWith("*.") ? host.substring(2) : host;
        return name.isEmpty() || name.contains("*") || isLiteral() ? Optional.empty() : Optional.of(name);
    }

    /** What a finding about it hangs on: the host, or the scheme where every host is meant. */
    public String anchor() {
        return host.equals("*") ? scheme.isEmpty() ? "*" : scheme : host;
    }
}
