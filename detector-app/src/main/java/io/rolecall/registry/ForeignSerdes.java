package io.rolecall.registry;

import io.rolecall.config.ConfigurationException;
import io.rolecall.config.ErrorWords;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serde;

/** Serdes that a site brings along, by {@code serde.class}. */
final class ForeignSerdes {

    /** Name of the class, on the class path. */
    static final String CLASS = "serde.class";

    /** Makes Confluent's Avro serdes read into generated classes. */
    static final String SPECIFIC = "specific.avro.reader";

    private static final Pattern SECRET = Pattern.compile("user\\.info|password|token|secret|jaas|\\.key$");

    private ForeignSerdes() {}

    /**
     * Makes one and configures it for values.
     *
     * @param properties the configuration section {@code registry}, with {@code serde.class} in it
     * @throws ConfigurationException when the class is not there, is no serde, or refuses its configuration
     */
    static Serde<?> open(Map<String, String> properties) {
        Serde<?> serde = instance(String.valueOf(properties.get(CLASS)).strip());
        Map<String, String> given = new TreeMap<>(properties);
        given.putIfAbsent(SPECIFIC, "true");
        try {
            serde.configure(given, false);
        } catch (RuntimeException e) {
            throw RegistryProperties.wrong(
                    CLASS, serde.getClass().getName() + " refuses its configuration: " + shown(e, given));
        }
        return serde;
    }

    private static Serde<?> instance(String name) {
        Class<?> type;
        try {
            type = Class.forName(name);
        } catch (ClassNotFoundException | LinkageError e) {
            throw RegistryProperties.wrong(
                    CLASS,
                    "'" + name + "' cannot be loaded (" + missing(e)
                            + "): put its jar and what it needs on the class path, see "
                            + "docs/schema-registry.md, or leave the key out to use the built-in serde");
        }
        if (!Serde.class.isAssignableFrom(type)) {
            throw RegistryProperties.wrong(CLASS, "'" + name + "' is no " + Serde.class.getName());
        }
        try {
            return (Serde<?>) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw RegistryProperties.wrong(
                    CLASS,
                    "'" + name + "' has no public constructor without arguments that works: "
                            + ErrorWords.of(e.getCause() == null ? e : e.getCause()));
        }
    }

    /** A class that is not there, by its name, which is all that such an error says. */
    private static String missing(Throwable error) {
        return "not there: " + ErrorWords.of(error).replace('/', '.');
    }

    /** A serde may quote what it was given, which may be a password. */
    private static String shown(RuntimeException error, Map<String, String> given) {
        String text = ErrorWords.of(error);
        for (Map.Entry<String, String> property : given.entrySet()) {
            if (SECRET.matcher(property.getKey()).find() || property.getValue().contains("@")) {
                text = text.replace(property.getValue(), "[hidden]");
            }
        }
        return text;
    }
}
