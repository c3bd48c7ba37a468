package io.rolecall.detection.read;

import com.google.common.net.InternetDomainName;
import java.net.IDN;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Domains of host names: which one somebody has registered, and whose it is. */
public final class WebDomains {

    /** Each tenant has a name of its own below it, as below a public suffix. */
    private static final String TENANTS = ".onmicrosoft.com";

    private WebDomains() {}

    /**
     * The domain that somebody registered, by the public suffix list, also below suffixes that a company lets others register under.
     *
     * @param host host name, lower case
     * @return the host itself where it is such a suffix; empty for a name without a known suffix, which is no name of the internet
     */
    public static Optional<String> registrable(String host) {
        String ascii = ascii(host);
        if (ascii.endsWith(TENANTS)) {
            String tenant = ascii.substring(0, ascii.length() - TENANTS.length());
            return Optional.of(tenant.substring(tenant.lastIndexOf('.') + 1) + TENANTS);
        }
        if (!ascii.contains(".") || !InternetDomainName.isValid(ascii)) {
            return Optional.empty();
        }
        InternetDomainName name = InternetDomainName.from(ascii);
        if (name.isUnderPublicSuffix()) {
            return Optional.of(name.topPrivateDomain().toString());
        }
        return name.isPublicSuffix() ? Optional.of(ascii) : Optional.empty();
    }

    /** Whether a host is one of the domains or lies below one. */
    public static boolean isUnder(String host, Collection<String> domains) {
        String ascii = ascii(host);
        return domains.stream().map(WebDomains::ascii).anyMatch(domain -> isUnder(ascii, domain));
    }

    /** Whether one host is another or lies below it, both in one form. */
    static boolean isUnder(String host, String domain) {
        return host.equals(domain) || host.endsWith('.' + domain);
    }

    /** Whether a host belongs to whoever has the domains: below one of them, or below what was registered for one. */
    public static boolean isOf(String host, Collection<String> domains) {
        Optional<String> registered = registrable(host);
        return isUnder(host, domains)
                || (registered.isPresent()
                        && domains.stream().map(WebDomains::registrable).anyMatch(registered::equals));
    }

    /** The domain that a host imitates, by its whole name or by what was registered for it; empty for the domains themselves. */
    public static Optional<String> imitated(String host, Collection<String> domains) {
        if (isOf(host, domains)) {
            return Optional.empty();
        }
        return domains.stream()
                .filter(domain -> Stream.of(Optional.of(host), registrable(host))
                        .flatMap(Optional::stream)
                        .map(WebDomains::unicode)
                        .anyMatch(name -> LookAlikes.imitates(name, unicode(domain))
                                || registrable(domain)
                                        .filter(registered -> LookAlikes.imitates(name, unicode(registered)))
                                        .isPresent()))
                .sorted()
                .findFirst();
    }

    /** Whether a name has characters that are no ASCII, or is written for such a name. */
    public static boolean isInternational(String host) {
        return !host.chars().allMatch(character -> character < 128)
                || host.startsWith("xn--")
                || host.contains(".xn--");
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notAName) {
            return host.toLowerCase(Locale.ROOT);
        }
    }

    static String unicode(String host) {
        return IDN.toUnicode(host, IDN.ALLOW_UNASSIGNED);
    }
}
