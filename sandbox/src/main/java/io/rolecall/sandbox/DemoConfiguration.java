package io.rolecall.sandbox;

import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The configuration of the demo's service: as a site would write it, but for what measures the time of the story against that of the
 * clock, since a month passes in less than a minute.
 */
final class DemoConfiguration {

    /** The usual two minutes would be the rest of the month. */
    static final Duration RESOLVE_WITHIN = Duration.ofSeconds(2);

    static final Duration REVISION_INTERVAL = Duration.ofSeconds(1);

    static final Duration EVIDENCE_INTERVAL = Duration.ofSeconds(3);

    /** Time for the second detection on the same act. */
    static final Duration SETTLE = Duration.ofSeconds(1);

    /** An address is waited for, and what it refutes is withdrawn, in less: so what is withdrawn was never seen. */
    static final Duration SETTLE_UNCONFIRMED = RESOLVE_WITHIN.plus(REVISION_INTERVAL);

    private DemoConfiguration() {}

    static Configuration of(String bootstrapServers, Path stateDirectory) {
        String text = """
                application-id: rolecall-demo
                state-dir: '%s'
                resolve-within: %ds
                revision-interval: %ds
                evidence-interval: %ds
                incidents: { settle: %ds, settle-unconfirmed: %ds }
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
                        EVIDENCE_INTERVAL.toSeconds(),
                        SETTLE.toSeconds(),
                        SETTLE_UNCONFIRMED.toSeconds(),
                        bootstrapServers,
                        BrokerListeners.LOOPBACK);
        return ConfigFile.read("the demo's configuration", text, Map.of());
    }
}
