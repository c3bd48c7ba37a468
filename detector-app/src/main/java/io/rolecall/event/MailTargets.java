package io.rolecall.event;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a parameter of an Exchange command leads: addresses, domains, networks, or everywhere. */
public final class MailTargets {

    /** Everywhere. */
    public static final String ANY = "*";

    private static final Pattern SEPARATORS = Pattern.compile("[\\s,;|\"'\\[\\](){}<>=]+");
    private static final Pattern DOMAIN =
            Pattern.compile("(?:\\*\\.|@)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{1,62}");
    private static final Pattern MAILBOX = Pattern.compile("[^@]{1,64}@[a-z0-9.-]{1,253}");
    private static final Pattern NETWORK = Pattern.compile("[0-9a-f:.]{3,45}(?:[/-][0-9a-f:.]{1,45})?");

    /** What stands beside the names in a value, with the costs of a connector's domains. */
    private static final Set<String> NO_NAMES = Set.of("add", "remove", "@", "$null", "null");

    private static final Pattern DIGIT = Pattern.compile("\\d{1,3}");

    private static final String SMTP = "smtp:";
    private static final String TENANTS = ".onmicrosoft.com";
    private static final String HYBRID = ".mail" + TENANTS;

    private MailTargets() {}

    /** The parts of a value as logged, each in lower case: a list, quoted names, {@code smtp:*;1}, {@code [SMTP:a@b.example]}. */
    public static List<String> parts(String value) {
        return Stream.of(SEPARATORS.split(value.toLowerCase(Locale.ROOT), -1))
                .map(part -> part.startsWith(SMTP) ? part.substring(SMTP.length()) : part)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
    }

    /** What a value names; nothing when it only takes something out of a list, as {@code @{Remove=...}} does, or empties it. */
    public static List<String> named(String value) {
        List<String> parts = parts(value);
        boolean takesOut = parts.contains("remove") && !parts.contains("add");
        return takesOut
                ? List.of()
                : parts.stream()
                        .filter(part ->
                                !NO_NAMES.contains(part) && !DIGIT.matcher(part).matches())
                        .toList();
    }

    /** The domain of an address, or the domain itself without wildcard; empty for what is neither. */
    public static Optional<String> domain(String part) {
        if (!MAILBOX.matcher(part).matches() && !DOMAIN.matcher(part).matches()) {
            return Optional.empty();
        }
        String domain = part.substring(part.indexOf('@') + 1);
        return Optional.of(domain.startsWith("*.") ? domain.substring(2) : domain);
    }

    /** Whether it is an address or a range of addresses of the internet. */
    public static boolean isNetwork(String part) {
        return NETWORK.matcher(part).matches() && (part.indexOf('.') > 0 || part.indexOf(':') >= 0);
    }

    /**
     * Whether a domain is one of some or lies below one. The name by which a tenant's mail is routed in a hybrid deployment belongs to
     * the tenant's own name.
     *
     * @param domain lower case
     * @param own lower case
     */
    public static boolean isOneOf(String domain, Collection<String> own) {
        String name =
                domain.endsWith(HYBRID) ? domain.substring(0, domain.length() - HYBRID.length()) + TENANTS : domain;
        return own.stream().anyMatch(known -> name.equals(known) || name.endsWith('.' + known));
    }
}
