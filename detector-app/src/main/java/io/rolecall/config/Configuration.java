package io.rolecall.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * The whole configuration file (contract section 7), with the environment over it.
 *
 * @param detector settings of the engine
 * @param stateDir directory of the local state
 * @param kafka client properties for every client
 * @param streams properties of Kafka Streams
 * @param consumer client properties for consumers only
 * @param producer client properties for producers only
 * @param registry properties of the schema registry's client and of the serde
 * @param http where the HTTP server listens
 */
public record Configuration(
        DetectorConfig detector,
        Path stateDir,
        Map<String, String> kafka,
        Map<String, String> streams,
        Map<String, String> consumer,
        Map<String, String> producer,
        Map<String, String> registry,
        Http http) {

    /**
     * Where the HTTP server listens.
     *
     * @param bind address or host name
     * @param port TCP port; 0 takes any that is free
     */
    public record Http(String bind, int port) {}

    public Configuration {
        kafka = Map.copyOf(kafka);
        streams = Map.copyOf(streams);
        consumer = Map.copyOf(consumer);
        producer = Map.copyOf(producer);
        registry = Map.copyOf(registry);
    }
}
