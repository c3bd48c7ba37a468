package io.rolecall.deployment;

import io.rolecall.config.Configuration;
import io.rolecall.config.Secrets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Says of an exception of a Kafka client what it means to the person who runs the service. */
public final class BrokerTrouble {

    private final Configuration configuration;
    private final AccessPlan access;

    /** For the service of a configuration. */
    public BrokerTrouble(Configuration configuration) {
        this(configuration, AccessPlan.of(configuration));
    }

    /**
     * For a tool.
     *
     * @param access what the tool must be allowed to do
     */
    public BrokerTrouble(Configuration configuration, AccessPlan access) {
        this.configuration = configuration;
        this.access = access;
    }

    /**
     * Does something on the broker.
     *
     * @throws DeploymentException when it fails in a way that {@link #explain} knows; otherwise what the client threw
     */
    public <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (KafkaException e) {
            throw explain(e)
                    .<RuntimeException>map(finding -> new DeploymentException(finding, e))
                    .orElse(e);
        }
    }

    /**
     * What an exception means, when it or one of its causes tells that the broker cannot be reached, does not accept the client's
     * credentials, or does not allow what it does; else empty.
     */
    public Optional<Shortcoming> explain(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            Optional<Shortcoming> found = explainOne(cause);
            if (found.isPresent()) {
                return found;
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** Whether an exception or one of its causes tells that the broker refuses the client or what it does. */
    public boolean isRefusal(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof AuthorizationException || cause instanceof AuthenticationException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private Optional<Shortcoming> explainOne(Throwable error) {
        if (error instanceof TopicAuthorizationException refused) {
            Set<String> topics = new TreeSet<>(refused.unauthorizedTopics());
            return Optional.of(refused(ResourceType.TOPIC, topics));
        }
        if (error instanceof GroupAuthorizationException refused) {
            String group = refused.groupId() == null ? configuration.detector().applicationId() : refused.groupId();
            return Optional.of(refused(ResourceType.GROUP, List.of(group)));
        }
        if (error instanceof TransactionalIdAuthorizationException) {
            return Optional.of(refused(
                    ResourceType.TRANSACTIONAL_ID,
                    List.of(configuration.detector().applicationId() + "-")));
        }
        if (error instanceof ClusterAuthorizationException) {
            return Optional.of(
                    refused(ResourceType.TOPIC, List.of(configuration.detector().applicationId() + "-")));
        }
        if (error instanceof AuthorizationException) {
            return Optional.of(
                    Shortcoming.error("the broker refuses what is done: " + error.getMessage(), allRights()));
        }
        if (error instanceof AuthenticationException) {
            return Optional.of(notAuthenticated(error));
        }
        return error instanceof TimeoutException ? Optional.of(unreachable(error)) : Optional.empty();
    }

    private Shortcoming unreachable(Throwable error) {
        return Shortcoming.error(
                "no Kafka broker answers in time at " + bootstrap() + " (kafka.bootstrap.servers) over "
                        + setting("security.protocol", "PLAINTEXT") + " (" + error.getMessage() + ")",
                "check that the addresses are right and reachable from here, the brokers advertise addresses that are,"
                        + " and kafka.security.protocol is that of their listener");
    }

    /**
     * Rights that are missing, with the commands that grant them.
     *
     * @param missing at least one
     */
    Shortcoming missing(Collection<AccessRule> missing) {
        String rights = missing.stream().map(AccessRule::toString).collect(Collectors.joining(", "));
        KafkaCommands commands = new KafkaCommands(bootstrap());
        String grants = missing.stream()
                .map(rule -> commands.allow(rule, "User:NAME"))
                .collect(Collectors.joining(System.lineSeparator() + "  ", System.lineSeparator() + "  ", ""));
        return Shortcoming.error(
                "the broker refuses: " + rights,
                "grant what is missing, NAME being the user that logs in ('rolecall topics print' lists what the service"
                        + " needs):"
                        + grants);
    }

    private Shortcoming refused(ResourceType type, Collection<String> names) {
        List<AccessRule> rules = access.rules().stream()
                .filter(rule -> names.stream()
                        .anyMatch(name -> rule.covers(new ResourcePattern(type, name, PatternType.LITERAL))))
                .toList();
        if (!rules.isEmpty()) {
            return missing(rules);
        }
        return Shortcoming.error(
                "the broker refuses the use of " + (names.isEmpty() ? "a " + type : names), allRights());
    }

    private Shortcoming notAuthenticated(Throwable error) {
        String said = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        if (error instanceof SslAuthenticationException) {
            return Shortcoming.error(
                    "TLS with " + bootstrap() + " fails: " + said + reason(error),
                    "check kafka.ssl.truststore.* (does it hold the authority of the brokers' certificates?),"
                            + " kafka.ssl.keystore.* where the brokers ask for a certificate, and that the address is a"
                            + " name in the brokers' certificate");
        }
        String mechanism = setting("sasl.mechanism", "GSSAPI");
        if (error instanceof UnsupportedSaslMechanismException) {
            return Shortcoming.error(
                    "the brokers at " + bootstrap() + " do not take kafka.sasl.mechanism " + mechanism + ": " + said,
                    "set one that their listener offers");
        }
        return Shortcoming.error(
                "the brokers at " + bootstrap() + " refuse the credentials (" + mechanism + "): " + said,
                "check user and password in kafka.sasl.jaas.config or what it refers to, and that the user exists");
    }

    /** What the JDK says about the handshake stands in the last cause. */
    private static String reason(Throwable error) {
        Throwable last = error;
        for (int depth = 0; last.getCause() != null && depth < 20; depth++) {
            last = last.getCause();
        }
        return last == error || last.getMessage() == null ? "" : " (" + last.getMessage() + ")";
    }

    private String allRights() {
        return "'rolecall topics print --format kafka --principal User:NAME' prints all rights as commands";
    }

    private String bootstrap() {
        return setting("bootstrap.servers", "(none)");
    }

    private String setting(String key, String otherwise) {
        return Secrets.redacted(configuration.kafka()).getOrDefault(key, otherwise);
    }
}
