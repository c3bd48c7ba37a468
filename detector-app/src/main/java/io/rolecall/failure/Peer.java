package io.rolecall.failure;

import io.rolecall.config.Configuration;
import io.rolecall.config.Secrets;
import java.time.Duration;
import java.util.Map;

/**
 * Whom the program talks to and where it keeps its state, as far as messages name it; no secrets.
 *
 * @param address of the brokers, or of the registry
 * @param protocol security protocol of the brokers' listener
 * @param mechanism SASL mechanism
 * @param stateDirectory of the service; empty for who has none
 * @param connectWithin how long a connection to the registry may take
 * @param answerWithin how long its answer may take
 */
public record Peer(
        String address,
        String protocol,
        String mechanism,
        String stateDirectory,
        Duration connectWithin,
        Duration answerWithin) {

    /** The brokers of a configuration. */
    public static Peer brokers(Configuration configuration) {
        Map<String, String> kafka = Secrets.redacted(configuration.kafka());
        return new Peer(
                kafka.getOrDefault("bootstrap.servers", "(none)"),
                kafka.getOrDefault("security.protocol", "PLAINTEXT"),
                kafka.getOrDefault("sasl.mechanism", "GSSAPI"),
                configuration.stateDir().toString(),
                Duration.ZERO,
                Duration.ZERO);
    }

    /** A registry, which is named by whoever asks it. */
    public static Peer registry(Duration connectWithin, Duration answerWithin) {
        return new Peer("", "", "", "", connectWithin, answerWithin);
    }
}
