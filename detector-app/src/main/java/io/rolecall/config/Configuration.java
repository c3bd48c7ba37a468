package io.rolecall.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
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
 * @param secrets looks up what the client properties refer to; {@link ClientProperties} does it
 */
public record Configuration(
        DetectorConfig detector,
        Path stateDir,
        Map<String, String> kafka,
        Map<String, String> streams,
        Map<String, String> consumer,
        Map<String, String> producer,
        Map<String, String> registry,
        Http http,
        Secrets secrets) {

    /**
     * Where the HTTP server listens.
     *
     * @param bind address or host name
     * @param port TCP port; 0 takes any that is free
     * @param probePort TCP port that answers probes alone; 0 takes any that is free
     */
    public record Http(String bind, int port, int probePort) {

        private static final int LAST_PORT = 65_535;

        /** The port for probes unless another is named: the next one, or any that is free where there is none. */
        static int probePortBeside(int port) {
            return port == 0 || port == LAST_PORT ? 0 : port + 1;
        }
    }

    public Configuration {
        kafka = Map.copyOf(kafka);
        streams = Map.copyOf(streams);
        consumer = Map.copyOf(consumer);
        producer = Map.copyOf(producer);
        registry = Map.copyOf(registry);
    }

    /** The sections that are passed through to clients by their names, in the order of the file; secrets are not resolved. */
    Map<String, Map<String, String>> sections() {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("kafka", kafka);
        sections.put("streams", streams);
        sections.put("consumer", consumer);
        sections.put("producer", producer);
        sections.put("registry", registry);
        return sections;
    }

    /** With the sections as they may be shown. */
    @Override
    public String toString() {
        return "Configuration[detector=" + detector
                + ", stateDir=" + stateDir
                + ", kafka=" + Secrets.redacted(kafka)
                + ", streams=" + Secrets.redacted(streams)
                + ", consumer=" + Secrets.redacted(consumer)
                + ", producer=" + Secrets.redacted(producer)
                + ", registry=" + Secrets.redacted(registry)
                + ", http=" + http + "]";
    }
}
