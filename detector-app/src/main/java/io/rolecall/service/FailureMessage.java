package io.rolecall.service;

import io.rolecall.registry.RegistryException;
import io.rolecall.state.StoreFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;

/** Says in one sentence what ended the service, and what mends it; the stack trace is for {@code -v}. */
final class FailureMessage {

    private static final String ACCESS =
            "; 'rolecall topics print --format kafka' prints every permission that the service needs";

    private FailureMessage() {}

    /** The message of the innermost cause that is known, else that of the innermost cause. */
    static String of(Throwable error) {
        List<Throwable> chain = chain(error);
        for (int i = chain.size() - 1; i >= 0; i--) {
            Optional<String> known = known(chain.get(i));
            if (known.isPresent()) {
                return known.get();
            }
        }
        Throwable root = chain.get(chain.size() - 1);
        return "ended by " + root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    /** Whether a topic did not take a record because of its size. */
    static boolean isTooLarge(Throwable error) {
        return chain(error).stream().anyMatch(RecordTooLargeException.class::isInstance);
    }

    /** Whether a store was written in another format. */
    static boolean isOtherFormat(Throwable error) {
        return chain(error).stream().anyMatch(StoreFormatException.class::isInstance);
    }

    private static Optional<String> known(Throwable error) {
        String message = error.getMessage();
        if (error instanceof TopicAuthorizationException topics) {
            return Optional.of("the broker refuses access to " + String.join(", ", topics.unauthorizedTopics()) + " ("
                    + message + ")" + ACCESS);
        }
        if (error instanceof GroupAuthorizationException group) {
            return Optional.of("the broker refuses the consumer group " + group.groupId() + ACCESS);
        }
        if (error instanceof TransactionalIdAuthorizationException) {
            return Optional.of("the broker refuses transactions, which exactly-once needs: " + message + ACCESS
                    + "; or set streams.processing.guarantee to at_least_once");
        }
        if (error instanceof AuthorizationException) {
            return Optional.of("the broker refuses access: " + message + ACCESS);
        }
        if (error instanceof AuthenticationException) {
            return Optional.of("the broker refuses the credentials or the TLS connection: " + message
                    + "; check security.protocol, sasl.* and ssl.* in the section kafka of the configuration");
        }
        if (error instanceof RecordTooLargeException) {
            return Optional.of("a record is larger than its topic takes: " + message
                    + "; 'rolecall topics print' shows the max.message.bytes that each topic needs");
        }
        if (error instanceof MissingSourceTopicException || error instanceof UnknownTopicOrPartitionException) {
            return Optional.of("a topic is missing: " + message + "; 'rolecall topics create' makes what is missing");
        }
        if (error instanceof LockException) {
            return Optional.of("the state directory is in use by another process: " + message
                    + "; give every instance a state-dir of its own");
        }
        if (error instanceof ProcessorStateException) {
            return Optional.of(
                    "the local state cannot be read or written: " + message
                            + "; check the disk of state-dir. Deleting the directory is safe: the state is restored from Kafka");
        }
        if (error instanceof TimeoutException) {
            return Optional.of("the broker does not answer in time: " + message
                    + "; check kafka.bootstrap.servers, security.protocol and the network");
        }
        if (error instanceof StoreFormatException) {
            return Optional.of("the state of this application cannot be used: " + message);
        }
        return error instanceof RegistryException ? Optional.of(String.valueOf(message)) : Optional.empty();
    }

    private static List<Throwable> chain(Throwable error) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable at = error; at != null && !chain.contains(at); at = at.getCause()) {
            chain.add(at);
        }
        return chain;
    }
}
