package io.rolecall.sandbox;

import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The configuration of the demo's service: as a site would write it, but for what measures the time of the story against that of the
 * clock, since a month passes in half a minute.
 */
final class DemoConfiguration {

    /** The usual two minutes would be the rest of the month. */
    static final Duration RESOLVE_WITHIN = Duration.ofSeconds(2);

    static final Duration REVISION_INTERVAL = Duration.ofSeconds(3);

    private DemoConfiguration() {}

    static Configuration of(String bootstrapServers, Path stateDirectory) {
        String text = """
                application-id: rolecall-demo
                state-dir: '%s'
                resolve-within: %ds
                revision-interval: %ds
                evidence-interval: %ds
                kafka:
                  bootstrap.servers: %s
                registry:
                  schema.registry.url: mock://demo
                http:
                  bind: %s
                  port: 0
                """.formatted(
                        stateDirectory.toString().replace("'", "''"),
                        RESOLVE_WITHIN.toSeconds(),
                        REVISION_INTERVAL.toSeconds(),
                        REVISION_INTERVAL.toSeconds(),
                        bootstrapServers,
                        BrokerListeners.LOOPBACK);
        return ConfigFile.read("the demo's configuration", text, Map.of());
    }
}
