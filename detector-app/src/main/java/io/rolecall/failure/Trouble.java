package io.rolecall.failure;

import io.rolecall.config.ErrorWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A failure that is known.
 *
 * @param kind its row in the table
 * @param cause the exception that tells it, of all the causes
 */
public record Trouble(KnownFailure kind, Throwable cause) {

    /** Nobody wraps deeper; a chain of causes may have a ring. */
    private static final int MOST_CAUSES = 20;

    /** The known failure that an exception or one of its causes tells: the first row of the table that fits any; else empty. */
    public static Optional<Trouble> of(Throwable error, Side side) {
        return causes(error).stream()
                .flatMap(cause -> KnownFailure.of(cause, side).map(kind -> new Trouble(kind, cause)).stream())
                .min(Comparator.comparing(Trouble::kind));
    }

    /** What is wrong and what mends it, in one line; of what is not known the exception's own words. */
    public static String line(Throwable error, Side side, Peer peer) {
        return of(error, side).map(failure -> failure.line(peer)).orElseGet(() -> ErrorWords.of(error));
    }

    /** An exception and its causes, the outermost first. */
    public static List<Throwable> causes(Throwable error) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable at = error; at != null && causes.size() < MOST_CAUSES; at = at.getCause()) {
            causes.add(at);
        }
        return causes;
    }

    /** What is wrong, in words. */
    public String message(Peer peer) {
        return kind.message(cause, peer);
    }

    /** What mends it; empty when the message says all. */
    public String remedy() {
        return kind.remedy();
    }

    /** Both in one line. */
    public String line(Peer peer) {
        return remedy().isEmpty() ? message(peer) : message(peer) + "; " + remedy();
    }
}
