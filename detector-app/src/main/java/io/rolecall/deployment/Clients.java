package io.rolecall.deployment;

import io.rolecall.config.ConfigurationException;
import io.rolecall.config.ErrorWords;
import io.rolecall.config.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Opens Kafka clients: what their constructors refuse is a mistake in the configuration, and is said as one. */
public final class Clients {

    private Clients() {}

    /**
     * Opens a client.
     *
     * @param client its constructor
     * @throws ConfigurationException with every reason that the client gives
     */
    public static <T> T open(Supplier<T> client) {
        try {
            return client.get();
        } catch (KafkaException | IllegalArgumentException e) {
            Set<String> reasons = new LinkedHashSet<>();
            for (Throwable cause = e; cause != null && reasons.size() < 10; cause = cause.getCause()) {
                if (cause.getMessage() != null) {
                    reasons.add(ErrorWords.of(cause));
                }
            }
            String said = String.join(": ", reasons);
            // What the parser of this property quotes may be a part of the password.
            String message = said.contains("JAAS")
                    ? "sasl.jaas.config cannot be read; wanted: the class of a login module, 'required', options as"
                            + " name=\"value\", and a semicolon at the end"
                    : "a client cannot be made of it: " + said;
            throw new ConfigurationException(List.of(new Problem("configuration", 0, "kafka", message)));
        }
    }

    /** The answer of the broker, or the exception that it is, without wrapping. The client's own time limit bounds the wait. */
    public static <T> T await(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
