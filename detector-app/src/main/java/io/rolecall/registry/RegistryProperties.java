package io.rolecall.registry;

import io.rolecall.config.ConfigurationException;
import io.rolecall.config.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The configuration section {@code registry} under Confluent's names, each of which may also have Confluent's prefix
 * {@code schema.registry.}. Remembers what was read, to tell what was not.
 */
final class RegistryProperties {

    private static final String PREFIX = "schema.registry.";

    private final Map<String, String> values;
    private final TreeSet<String> unread;

    RegistryProperties(Map<String, String> values) {
        this.values = new TreeMap<>(values);
        this.unread = new TreeSet<>(values.keySet());
    }

    /** The value, trimmed; empty when it is not given or blank. */
    Optional<String> text(String name) {
        String prefixed = name.startsWith(PREFIX) ? name : PREFIX + name;
        unread.remove(name);
        unread.remove(prefixed);
        return Optional.ofNullable(values.getOrDefault(name, values.get(prefixed)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    boolean flag(String name, boolean otherwise) {
        return text(name)
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw wrong(name, "'" + value + "' is neither true nor false");
                })
                .orElse(otherwise);
    }

    int number(String name, int otherwise, int least, int most) {
        return text(name).map(value -> parsed(name, value, least, most)).orElse(otherwise);
    }

    private static int parsed(String name, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number out of bounds
        }
        throw wrong(name, "'" + value + "' is no whole number from " + least + " to " + most);
    }

    /** One of the names, in upper case. */
    Optional<String> choice(String name, String... allowed) {
        return text(name).map(value -> value.toUpperCase(Locale.ROOT)).map(value -> {
            if (!Arrays.asList(allowed).contains(value)) {
                throw wrong(name, "'" + value + "' is not one of " + String.join(", ", allowed));
            }
            return value;
        });
    }

    /** Everything that starts with the prefix, without it. */
    Map<String, String> below(String prefix) {
        unread.removeIf(name -> name.startsWith(prefix));
        Map<String, String> found = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** Names that nothing has asked for, in order: misspelt, or of no meaning here. */
    List<String> unread() {
        return List.copyOf(unread);
    }

    /** An error of the configuration; the message must hold no secret. */
    static ConfigurationException wrong(String name, String message) {
        return new ConfigurationException(List.of(new Problem("configuration", 0, "registry." + name, message)));
    }
}
