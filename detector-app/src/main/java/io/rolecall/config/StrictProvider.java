package io.rolecall.config;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * One of Kafka's providers, except that nothing found is an error instead of a reference left as it stands, and that a line
 * break at the end of a file is not taken for a part of the password in it.
 */
final class StrictProvider implements ConfigProvider {

    private final String name;
    private final ConfigProvider provider;

    StrictProvider(String name, ConfigProvider provider) {
        this.name = name;
        this.provider = provider;
    }

    @Override
    public ConfigData get(String path) {
        return provider.get(path);
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
        Map<String, String> found = new TreeMap<>(provider.get(path, keys).data());
        Set<String> missing = new TreeSet<>(keys);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            throw new ConfigException("cannot be resolved: " + where(path, String.join(", ", missing)));
        }
        found.replaceAll((key, value) -> value.replaceAll("[\\r\\n]+\\z", ""));
        return new ConfigData(found);
    }

    private String where(String path, String keys) {
        return switch (name) {
            case "env" -> "the environment has no variable " + keys;
            case "dir" -> "the directory " + path + " has no readable file " + keys;
            default -> "the file " + path + " has no key " + keys;
        };
    }

    @Override
    public void configure(Map<String, ?> settings) {
        provider.configure(settings);
    }

    @Override
    public void close() throws IOException {
        provider.close();
    }
}
