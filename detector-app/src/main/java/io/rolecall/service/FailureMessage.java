package io.rolecall.service;

import io.rolecall.config.Configuration;
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
                .or(() -> Trouble.of(error, Side.BROKER)
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

    /** Whether a store was written in another format. */
    static boolean isOtherFormat(Throwable error) {
        return Trouble.causes(error).stream().anyMatch(StoreFormatException.class::isInstance);
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
        return "ended by " + root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
