package io.rolecall.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Looks up what properties only refer to, in the notation and with the providers of Kafka's own clients:
 * {@code ${file:/run/secrets/kafka.properties:password}}, {@code ${dir:/run/secrets:kafka-password}} and {@code ${env:NAME}}.
 *
 * <p>A {@link Configuration} keeps the references, so that nothing that shows it can show a secret; they are resolved into the
 * properties of a client, and nowhere else.
 */
public final class Secrets {

    private static final Pattern ONLY_A_REFERENCE = Pattern.compile("\\$\\{[^}]*:[^}]*}");

    /** Names the providers that a client is to resolve by itself (KIP-297), for example {@code vault}. */
    private static final String FOREIGN_PROVIDERS = "config.providers";

    private final Map<String, String> environment;

    private Secrets(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Over the environment variables that {@code ${env:...}} may name. */
    static Secrets of(Map<String, String> environment) {
        return new Secrets(Map.copyOf(environment));
    }

    /**
     * The properties with every reference replaced by what it stands for. A reference to a provider that the properties
     * declare under {@code config.providers} is left to the client.
     *
     * @param section where the properties stand in the configuration, for messages
     * @throws ConfigurationException naming the property and what its reference names, never a value, when there is nothing
     */
    Map<String, String> resolve(String section, Map<String, String> properties) {
        Problems problems = new Problems("configuration");
        List<String> foreign =
                List.of(properties.getOrDefault(FOREIGN_PROVIDERS, "").split("\\s*,\\s*"));
        Map<String, String> resolved = new TreeMap<>();
        properties.forEach((key, value) -> {
            try {
                resolved.put(key, value.contains("${") ? resolve(value, foreign) : value);
            } catch (ConfigException | IllegalArgumentException e) {
                problems.error(0, section + "." + key, String.valueOf(e.getMessage()));
            }
        });
        problems.throwIfAny();
        return resolved;
    }

    /** The properties as they may be shown: secrets as {@code [redacted]}, references as they are, URLs without user info. */
    public static Map<String, String> redacted(Map<String, String> properties) {
        Map<String, String> shown = new TreeMap<>();
        properties.forEach((key, value) -> shown.put(key, Redaction.shown(key, value)));
        return shown;
    }

    /** Whether a value is nothing but one reference. */
    static boolean isReference(String value) {
        return ONLY_A_REFERENCE.matcher(value).matches();
    }

    private String resolve(String value, List<String> foreign) {
        try (FileConfigProvider files = new FileConfigProvider();
                DirectoryConfigProvider directories = new DirectoryConfigProvider();
                EnvVarConfigProvider variables = new EnvVarConfigProvider(environment)) {
            Map<String, ConfigProvider> providers = Map.of("file", files, "dir", directories, "env", variables);
            providers.values().forEach(provider -> provider.configure(Map.of()));
            Map<String, ConfigProvider> strict = new TreeMap<>();
            providers.forEach((name, provider) -> strict.put(name, new StrictProvider(name, provider)));
            refuseUnknown(value, strict.keySet(), foreign);
            return Objects.requireNonNull(new ConfigTransformer(strict)
                    .transform(Map.of("value", value))
                    .data()
                    .get("value"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("Closing a provider that holds nothing open", e);
        }
    }

    private static void refuseUnknown(String value, Set<String> known, List<String> foreign) {
        Matcher references = ConfigTransformer.DEFAULT_PATTERN.matcher(value);
        while (references.find()) {
            String provider = references.group(1);
            if (!known.contains(provider) && !foreign.contains(provider)) {
                throw new ConfigException(
                        "refers to the unknown provider '" + provider + "'; allowed: dir, env, file, and"
                                + " those that " + FOREIGN_PROVIDERS + " of this section declares");
            }
        }
    }

    @Override
    public String toString() {
        return "Secrets";
    }
}
