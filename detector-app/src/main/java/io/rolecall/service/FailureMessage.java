package io.rolecall.service;

import io.rolecall.config.Configuration;
import io.rolecall.config.ConfigurationException;
import io.rolecall.config.ErrorWords;
import io.rolecall.config.Problem;
import io.rolecall.failure.KnownFailure;
import io.rolecall.failure.Peer;
import io.rolecall.failure.Side;
import io.rolecall.failure.Trouble;
import io.rolecall.registry.RegistryException;
import io.rolecall.state.StoreFormatException;
import java.util.List;
import java.util.Optional;

/** Says in one sentence what ended the service, and what mends it; the stack trace is for {@code -v}. */
final class FailureMessage {

    private FailureMessage() {}

    /** What our own exceptions say, else what is known of the broker or the state, else the innermost cause's words. */
    static String of(Throwable error, Configuration configuration) {
        return own(error)
                // What the disk says comes first: a store that cannot be written to fails under names of many kinds. A
                // store
                // that fails otherwise may do so because of the broker, which then says more.
                .or(() -> Trouble.of(error, Side.STATE)
                        .filter(failure -> failure.kind() != KnownFailure.STATE_UNREADABLE)
                        .or(() -> Trouble.of(error, Side.BROKER))
                        .or(() -> Trouble.of(error, Side.STATE))
                        .map(failure -> failure.line(Peer.brokers(configuration))))
                .orElseGet(() -> unknown(error));
    }

    /** Whether a topic did not take a record because of its size. */
    static boolean isTooLarge(Throwable error) {
        return Trouble.of(error, Side.BROKER)
                .filter(failure -> failure.kind() == KnownFailure.RECORD_TOO_LARGE)
                .isPresent();
    }

    /** Whether a topic is not there; what Kafka throws does not say which. */
    static boolean isMissingTopic(Throwable error) {
        return Trouble.of(error, Side.BROKER)
                .filter(failure -> failure.kind() == KnownFailure.SOURCE_TOPIC_MISSING
                        || failure.kind() == KnownFailure.TOPIC_MISSING)
                .isPresent();
    }

    /** Whether a store was written in another format. */
    static boolean isOtherFormat(Throwable error) {
        return Trouble.causes(error).stream().anyMatch(StoreFormatException.class::isInstance);
    }

    /**
     * What keeps the service from using its state directory, as a mistake in the configuration.
     *
     * @param error of making the streams; empty when it is none of the directory
     */
    static Optional<ConfigurationException> ofStateDirectory(Throwable error, Configuration configuration) {
        return Trouble.of(error, Side.STATE)
                .map(failure -> new ConfigurationException(List.of(
                        new Problem("configuration", 0, "state-dir", failure.line(Peer.brokers(configuration))))));
    }

    private static Optional<String> own(Throwable error) {
        for (Throwable cause : Trouble.causes(error)) {
            if (cause instanceof RegistryException) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
            if (cause instanceof StoreFormatException) {
                return Optional.of("the state of this application cannot be used: " + cause.getMessage());
            }
        }
        return Optional.empty();
    }

    private static String unknown(Throwable error) {
        List<Throwable> causes = Trouble.causes(error);
        Throwable root = causes.get(causes.size() - 1);
        return "ended by an error that is none of those known: " + ErrorWords.of(root) + " (-v shows where)";
    }
}
