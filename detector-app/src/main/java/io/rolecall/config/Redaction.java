package io.rolecall.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Decides which properties are secrets by their names, and what of a value may be shown. */
final class Redaction {

    /** Stands in place of a secret. */
    static final String REDACTED = "[redacted]";

    /** What the name of a property that holds a secret contains, in Kafka's, Confluent's and others' clients. */
    private static final List<String> SECRET_WORDS = List.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "token",
            "jaas",
            "credential",
            "user.info",
            "userinfo",
            "api.key",
            "apikey",
            "access.key",
            "private.key");

    /** Ends of names that say where a secret is, or of what kind, and never what it is. */
    private static final List<String> DESCRIBING_ENDS = List.of(
            ".url",
            ".uri",
            ".location",
            ".file",
            ".path",
            ".type",
            ".source",
            ".class",
            ".claim.name",
            ".ms",
            ".seconds");

    private static final Pattern USER_INFO_IN_URL = Pattern.compile("(?<=://)[^/?#\\s]*@");

    private Redaction() {}

    /** Whether a property holds a secret. Key material counts ({@code ssl.keystore.key}), its certificates do not. */
    static boolean isSecret(String property) {
        String name = property.toLowerCase(Locale.ROOT).replace('-', '.').replace('_', '.');
        if (DESCRIBING_ENDS.stream().anyMatch(name::endsWith)) {
            return false;
        }
        return name.endsWith(".key") || SECRET_WORDS.stream().anyMatch(name::contains);
    }

    /** What may be shown of a value: references as they are, nothing of a secret, of a URL no user and password. */
    static String shown(String property, String value) {
        if (isSecret(property)) {
            return value.isEmpty() || Secrets.isReference(value) ? value : REDACTED;
        }
        return USER_INFO_IN_URL.matcher(value).replaceAll(REDACTED + "@");
    }
}
