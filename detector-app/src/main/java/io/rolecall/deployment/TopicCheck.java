package io.rolecall.deployment;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.config.StreamsProperties;
import io.rolecall.deployment.BrokerTopics.Existing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Compares a broker with what the service needs, before it starts: whether it answers, the topics and their settings, the rights.
 * Nothing is changed on the broker.
 */
public final class TopicCheck {

    /** The one that detects torn transactions (KIP-890); clusters made by Kafka 4.0 and later have it. */
    private static final short SAFE_TRANSACTIONS = 2;

    private final Admin admin;
    private final Configuration configuration;
    private final BrokerTrouble trouble;
    private final List<Shortcoming> findings = new ArrayList<>();

    private TopicCheck(Admin admin, Configuration configuration) {
        this.admin = admin;
        this.configuration = configuration;
        this.trouble = new BrokerTrouble(configuration);
    }

    /**
     * Checks with a client of its own. Takes no longer than that client waits for an answer, 15 seconds unless configured.
     *
     * @return what is missing or wrong, errors first; empty when all is well
     * @throws io.rolecall.config.ConfigurationException when the client cannot be made from the configuration
     */
    public static List<Shortcoming> check(Configuration configuration) {
        try (Admin admin = Clients.open(() -> Admin.create(ClientProperties.admin(configuration)))) {
            return check(admin, configuration);
        }
    }

    /**
     * Checks everything that can be known before the service starts.
     *
     * @param admin client with the credentials of the service; the caller closes it
     * @return what is missing or wrong, errors first; empty when all is well
     * @throws KafkaException when the broker answers with an error that says nothing about the deployment
     */
    public static List<Shortcoming> check(Admin admin, Configuration configuration) {
        return new TopicCheck(admin, configuration).guarded(any -> true, TopicCheck::everything);
    }

    /**
     * Checks the rights on the internal topics, which exist only once the service runs: without Delete on them it would run, and
     * fill the disks of the brokers. A broker that does not answer says nothing about rights: a service that runs outlives it.
     *
     * @param admin client with the credentials of the service; the caller closes it
     * @return what is missing or wrong; empty when all is well, or while there are no internal topics
     * @throws KafkaException when the broker does not answer, or with an error that says nothing about the deployment
     */
    public static List<Shortcoming> checkInternalTopics(Admin admin, Configuration configuration) {
        TopicCheck check = new TopicCheck(admin, configuration);
        return check.guarded(check.trouble::isRefusal, it -> it.internalTopics(0, 0));
    }

    /**
     * Does a check.
     *
     * @param finding which exceptions are something found, if they can be explained; others are thrown on
     */
    private List<Shortcoming> guarded(Predicate<KafkaException> finding, Consumer<TopicCheck> check) {
        try {
            check.accept(this);
        } catch (KafkaException e) {
            if (!finding.test(e)) {
                throw e;
            }
            findings.add(trouble.explain(e).orElseThrow(() -> e));
        }
        return findings.stream()
                .sorted(Comparator.comparing(Shortcoming::severity))
                .toList();
    }

    private void everything() {
        int brokers = Clients.await(admin.describeCluster().nodes()).size();
        TopicPlan plan = TopicPlan.of(configuration);
        List<PlannedTopic> needed = plan.topics();
        List<String> hidden = new ArrayList<>();
        Map<String, Existing> existing = new BrokerTopics(admin)
                .describe(needed.stream().map(PlannedTopic::name).toList(), hidden);
        missing(needed, existing.keySet(), hidden);
        new AccessCheck(admin, configuration, trouble).missing(existing, hidden).ifPresent(findings::add);
        for (PlannedTopic topic : needed) {
            Optional.ofNullable(existing.get(topic.name()))
                    .ifPresent(found -> findings.addAll(SettingsCheck.of(topic, found)));
        }
        replicas(existing, brokers);
        internalTopics(
                Math.max(
                        partitions(plan, existing, PlannedTopic.Use.RAW_LOGS),
                        partitions(plan, existing, PlannedTopic.Use.IMPORT)),
                partitions(plan, existing, PlannedTopic.Use.FACTS));
        transactions();
    }

    private void missing(List<PlannedTopic> needed, Collection<String> existing, Collection<String> hidden) {
        List<String> missing = needed.stream()
                .map(PlannedTopic::name)
                .filter(name -> !existing.contains(name) && !hidden.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            findings.add(Shortcoming.error(
                    (missing.size() == 1 ? "the topic is missing: " : "topics are missing: ")
                            + String.join(", ", missing),
                    "'rolecall topics create' creates what is missing ('rolecall topics print' shows how)"));
        }
    }

    private void replicas(Map<String, Existing> existing, int brokers) {
        List<String> single = existing.entrySet().stream()
                .filter(topic -> topic.getValue().replicas() == 1)
                .map(Map.Entry::getKey)
                .toList();
        if (brokers >= 3 && !single.isEmpty()) {
            findings.add(Shortcoming.warning(
                    "topics with a single replica on a cluster of " + brokers + " brokers: "
                            + String.join(", ", single),
                    "what they hold is lost with one disk; give them three replicas and min.insync.replicas=2"));
        }
    }

    private void internalTopics(int rawPartitions, int factPartitions) {
        new InternalTopicsCheck(admin, configuration, trouble)
                .findings(rawPartitions, factPartitions)
                .forEach(findings::add);
    }

    private static int partitions(TopicPlan plan, Map<String, Existing> existing, PlannedTopic.Use use) {
        return plan.topics().stream()
                .filter(topic -> topic.use() == use)
                .flatMap(topic -> Stream.ofNullable(existing.get(topic.name())))
                .mapToInt(Existing::partitions)
                .max()
                .orElse(0);
    }

    private void transactions() {
        if (!StreamsProperties.isExactlyOnce(configuration)) {
            return;
        }
        try {
            FinalizedVersionRange version = Clients.await(
                            admin.describeFeatures().featureMetadata())
                    .finalizedFeatures()
                    .get("transaction.version");
            if (version == null || version.maxVersionLevel() < SAFE_TRANSACTIONS) {
                findings.add(Shortcoming.warning(
                        "the cluster's transaction.version is " + (version == null ? 0 : version.maxVersionLevel())
                                + ", so a transaction that times out can be torn (KIP-890)",
                        "upgrade it: kafka-features.sh upgrade --feature transaction.version=2"));
            }
        } catch (UnsupportedVersionException e) {
            findings.add(Shortcoming.warning(
                    "the brokers do not tell their transaction.version", "exactly-once is safe from Kafka 4.0 on"));
        }
    }
}
