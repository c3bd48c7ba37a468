package io.rolecall.deployment;

import io.rolecall.config.Configuration;
import io.rolecall.deployment.BrokerTopics.Existing;
import io.rolecall.state.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** Checks the topics that Kafka Streams has made for the application: rights on them, and their partitions. */
final class InternalTopicsCheck {

    private final Admin admin;
    private final BrokerTrouble trouble;
    private final AccessPlan access;
    private final String prefix;

    InternalTopicsCheck(Admin admin, Configuration configuration, BrokerTrouble trouble) {
        this.admin = admin;
        this.trouble = trouble;
        this.access = AccessPlan.of(configuration);
        this.prefix = configuration.detector().applicationId() + "-";
    }

    /**
     * What is wrong.
     *
     * @param rawPartitions most partitions of a topic of raw logs or of imported facts; 0 when unknown
     * @param factPartitions partitions of the topic of facts; 0 when unknown
     */
    List<Shortcoming> findings(int rawPartitions, int factPartitions) {
        List<String> names = Clients.await(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix)
                        && (name.endsWith(Names.REPARTITION_SUFFIX) || name.endsWith(Names.CHANGELOG_SUFFIX)))
                .sorted()
                .toList();
        Map<String, Existing> topics = new BrokerTopics(admin).describe(names);
        List<Shortcoming> findings = new ArrayList<>();
        rights(topics, findings);
        if (rawPartitions > 0 && factPartitions > 0) {
            topics.forEach(
                    (name, topic) -> partitions(name, topic.partitions(), rawPartitions, factPartitions, findings));
        }
        return findings;
    }

    private void rights(Map<String, Existing> topics, List<Shortcoming> findings) {
        List<AccessRule> missing = access.rules().stream()
                .filter(rule -> rule.resource().patternType() == PatternType.PREFIXED
                        && rule.resource().resourceType() == ResourceType.TOPIC)
                .filter(rule -> topics.values().stream()
                        .anyMatch(topic ->
                                !topic.allowed().isEmpty() && !topic.allowed().contains(rule.operation())))
                .toList();
        if (!missing.isEmpty()) {
            findings.add(trouble.missing(missing));
        }
    }

    /**
     * Raw logs are decoded and imports read, and repartitioned, with as many partitions as they have; what comes of facts follows
     * these, and state either.
     */
    private static void partitions(
            String name, int found, int rawPartitions, int factPartitions, List<Shortcoming> findings) {
        boolean ofEither = name.endsWith(Names.CHANGELOG_SUFFIX);
        boolean ofFacts = name.endsWith("-" + Names.INCIDENT_REPARTITION + Names.REPARTITION_SUFFIX);
        boolean expected = (found == rawPartitions && !ofFacts) || (found == factPartitions && (ofEither || ofFacts));
        if (!expected) {
            String one = String.valueOf(ofFacts ? factPartitions : rawPartitions);
            findings.add(Shortcoming.error(
                    "the internal topic " + name + " has " + found + " partitions, but the topics it follows now have "
                            + (ofEither ? rawPartitions + " or " + factPartitions : one),
                    "state cannot be moved to another number of partitions: take a new application-id, which starts"
                            + " with an empty state, or restore the old number"));
        }
    }
}
