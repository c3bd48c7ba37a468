package io.rolecall.service;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.config.ErrorWords;
import io.rolecall.deployment.BrokerTrouble;
import io.rolecall.deployment.Clients;
import io.rolecall.deployment.MissingTopics;
import io.rolecall.deployment.ResetCommands;
import io.rolecall.deployment.Shortcoming;
import io.rolecall.deployment.TopicCheck;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the service asks of its broker: before it starts, once it runs, and when it was refused something. */
final class BrokerChecks {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerChecks.class);

    private final Configuration configuration;
    private final Set<String> internalTopics;

    BrokerChecks(Configuration configuration) {
        this(configuration, Set.of());
    }

    private BrokerChecks(Configuration configuration, Set<String> internalTopics) {
        this.configuration = configuration;
        this.internalTopics = internalTopics;
    }

    /** The same with the topics that Kafka Streams makes for the topology. */
    BrokerChecks knowing(Set<String> internal) {
        return new BrokerChecks(configuration, internal);
    }

    /**
     * Checks topics and rights before anything is started; warnings go to the log.
     *
     * @throws ServiceFailedException with every error
     */
    void beforeStart() {
        List<Shortcoming> findings = TopicCheck.check(configuration);
        errors(findings).ifPresent(message -> {
            throw new ServiceFailedException(message, null);
        });
        findings.forEach(finding -> LOG.atWarn().log(finding.toString()));
    }

    /** Says of topics that Kafka Streams is about to make anew, because they are gone. */
    void warnOfMissingInternalTopics() {
        missingTopics().flatMap(MissingTopics::beforeStart).ifPresent(message -> LOG.atWarn()
                .log(message));
    }

    private Optional<MissingTopics> missingTopics() {
        try {
            return Optional.of(MissingTopics.ask(configuration, internalTopics));
        } catch (KafkaException e) {
            LOG.atWarn().addKeyValue("reason", ErrorWords.of(e)).log("The topics cannot be checked");
            return Optional.empty();
        }
    }

    /** What an exception means, in one sentence, from what is at hand. */
    String message(Throwable error) {
        return FailureMessage.of(error, configuration);
    }

    /** Rights on the internal topics that are missing, which can be known only once Kafka Streams has made them. */
    Optional<String> missingOnInternalTopics() {
        try (Admin admin = Clients.open(() -> Admin.create(ClientProperties.admin(configuration)))) {
            return errors(TopicCheck.checkInternalTopics(admin, configuration));
        } catch (KafkaException e) {
            LOG.atWarn().addKeyValue("reason", ErrorWords.of(e)).log("The rights on internal topics cannot be checked");
            return Optional.empty();
        }
    }

    /** What an exception means, when the configuration says more of what mends it: a refusal of the broker, or old state. */
    Optional<String> refusal(Throwable error) {
        if (FailureMessage.isOtherFormat(error)) {
            return Optional.of(message(error) + System.lineSeparator() + ResetCommands.of(configuration));
        }
        if (FailureMessage.isTooLarge(error)) {
            return tooSmall().map(settings -> message(error) + System.lineSeparator() + settings);
        }
        if (FailureMessage.isMissingTopic(error)) {
            return missingTopics().flatMap(MissingTopics::whileRunning);
        }
        BrokerTrouble trouble = new BrokerTrouble(configuration);
        if (!trouble.isRefusal(error)) {
            return Optional.empty();
        }
        // The exception names a topic; the broker can still tell which right on it is missing.
        return missingOnInternalTopics().or(() -> trouble.explain(error).map(Shortcoming::toString));
    }

    /** Topics that take less than the service writes: the exception does not name the one, since its sender has gone on. */
    private Optional<String> tooSmall() {
        try {
            return text(TopicCheck.check(configuration).stream()
                    .filter(finding -> finding.toString().contains(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)));
        } catch (KafkaException e) {
            LOG.atWarn().addKeyValue("reason", ErrorWords.of(e)).log("The settings of the topics cannot be checked");
            return Optional.empty();
        }
    }

    private static Optional<String> errors(List<Shortcoming> findings) {
        return text(findings.stream().filter(Shortcoming::isError));
    }

    private static Optional<String> text(Stream<Shortcoming> findings) {
        String text = findings.map(Shortcoming::toString).collect(Collectors.joining(System.lineSeparator()));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
