package io.rolecall.deployment;

import io.rolecall.config.Configuration;
import io.rolecall.failure.Peer;
import io.rolecall.failure.Side;
import io.rolecall.failure.Trouble;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
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
     * credentials, does not allow what it does, or lacks a topic; else empty.
     */
    public Optional<Shortcoming> explain(Throwable error) {
        return Trouble.of(error, Side.BROKER).map(this::explained);
    }

    /** Whether an exception or one of its causes tells that the broker refuses the client or what it does. */
    public boolean isRefusal(Throwable error) {
        return Trouble.of(error, Side.BROKER)
                .filter(failure -> failure.kind().isRefusal())
                .isPresent();
    }

    /** Where the plan knows the right that is missing, the commands that grant it. */
    private Shortcoming explained(Trouble failure) {
        List<AccessRule> missing = access.rules().stream()
                .filter(rule -> refused(failure).stream().anyMatch(rule::covers))
                .toList();
        return missing.isEmpty()
                ? Shortcoming.error(failure.message(Peer.brokers(configuration)), failure.remedy())
                : missing(missing);
    }

    private List<ResourcePattern> refused(Trouble failure) {
        String application = configuration.detector().applicationId();
        return switch (failure.kind()) {
            case TOPIC_REFUSED ->
                failure.cause() instanceof TopicAuthorizationException refused
                        ? refused.unauthorizedTopics().stream()
                                .map(topic -> literal(ResourceType.TOPIC, topic))
                                .toList()
                        : List.of();
            case GROUP_REFUSED ->
                List.of(literal(
                        ResourceType.GROUP,
                        failure.cause() instanceof GroupAuthorizationException refused && refused.groupId() != null
                                ? refused.groupId()
                                : application));
            case TRANSACTIONS_REFUSED -> List.of(literal(ResourceType.TRANSACTIONAL_ID, application + "-"));
            case CLUSTER_REFUSED -> List.of(literal(ResourceType.TOPIC, application + "-"));
            default -> List.of();
        };
    }

    private static ResourcePattern literal(ResourceType type, String name) {
        return new ResourcePattern(type, name, PatternType.LITERAL);
    }

    /**
     * Rights that are missing, with the commands that grant them.
     *
     * @param missing at least one
     */
    Shortcoming missing(Collection<AccessRule> missing) {
        String rights = missing.stream().map(AccessRule::toString).collect(Collectors.joining(", "));
        KafkaCommands commands = new KafkaCommands(Peer.brokers(configuration).address());
        String grants = missing.stream()
                .map(rule -> commands.allow(rule, "User:NAME"))
                .collect(Collectors.joining(System.lineSeparator() + "  ", System.lineSeparator() + "  ", ""));
        return Shortcoming.error(
                "the broker refuses: " + rights,
                "grant what is missing, NAME being the user that logs in ('rolecall topics print' lists what the service"
                        + " needs):"
                        + grants);
    }
}
