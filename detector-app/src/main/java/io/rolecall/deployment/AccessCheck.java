package io.rolecall.deployment;

import io.rolecall.config.Configuration;
import io.rolecall.deployment.BrokerTopics.Existing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;

/** Asks the broker which rights of the plan its client does not have, as far as a broker tells before they are used. */
final class AccessCheck {

    /** Begins like the internal topics and transactional ids of the application; never comes to be. */
    private static final String PROBE = "-access-check";

    private final Admin admin;
    private final BrokerTrouble trouble;
    private final AccessPlan plan;
    private final String applicationId;

    AccessCheck(Admin admin, Configuration configuration, BrokerTrouble trouble) {
        this.admin = admin;
        this.trouble = trouble;
        this.plan = AccessPlan.of(configuration);
        this.applicationId = configuration.detector().applicationId();
    }

    /**
     * All rights that are missing, in one finding.
     *
     * @param existing the topics that the client may see
     * @param hidden the topics that it may not
     */
    Optional<Shortcoming> missing(Map<String, Existing> existing, Collection<String> hidden) {
        List<AccessRule> missing = new ArrayList<>();
        for (AccessRule rule : plan.rules()) {
            boolean granted =
                    switch (rule.resource().resourceType()) {
                        case TOPIC ->
                            rule.resource().patternType() == PatternType.PREFIXED
                                    ? rule.operation() != AclOperation.CREATE || granted(this::createsTopics)
                                    : grantedOnTopic(rule, existing, hidden);
                        case GROUP -> granted(() -> joinsGroup(rule.operation()));
                        case TRANSACTIONAL_ID -> granted(this::hasTransactions);
                        default -> true;
                    };
            if (!granted) {
                missing.add(rule);
            }
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(trouble.missing(missing));
    }

    private boolean grantedOnTopic(AccessRule rule, Map<String, Existing> existing, Collection<String> hidden) {
        String name = rule.resource().name();
        if (hidden.contains(name)) {
            // Of the rights on a topic this one alone does not let the client see it.
            return rule.operation() == AclOperation.DESCRIBE_CONFIGS && granted(() -> showsConfig(name));
        }
        Existing topic = existing.get(name);
        return topic == null || topic.allowed().isEmpty() || topic.allowed().contains(rule.operation());
    }

    private static boolean granted(BooleanSupplier probe) {
        try {
            return probe.getAsBoolean();
        } catch (AuthorizationException e) {
            return false;
        }
    }

    private boolean showsConfig(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Clients.await(admin.describeConfigs(List.of(resource)).all());
            return true;
        } catch (UnknownTopicOrPartitionException e) {
            return true;
        }
    }

    private boolean createsTopics() {
        NewTopic probe = new NewTopic(applicationId + PROBE, Optional.of(1), Optional.empty());
        Clients.await(admin.createTopics(List.of(probe), new CreateTopicsOptions().validateOnly(true))
                .all());
        return true;
    }

    private boolean joinsGroup(AclOperation operation) {
        try {
            Set<AclOperation> allowed = Clients.await(Objects.requireNonNull(admin.describeConsumerGroups(
                                    List.of(applicationId),
                                    new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                            .describedGroups()
                            .get(applicationId)))
                    .authorizedOperations();
            return allowed == null || allowed.isEmpty() || allowed.contains(operation);
        } catch (AuthorizationException e) {
            throw e;
        } catch (ApiException e) {
            // A group that does not exist yet, or not as a consumer group, has been looked up, which needs a right on
            // it.
            return true;
        }
    }

    private boolean hasTransactions() {
        String probe = applicationId + PROBE;
        try {
            Clients.await(admin.describeTransactions(List.of(probe)).description(probe));
            return true;
        } catch (AuthorizationException e) {
            throw e;
        } catch (TransactionalIdNotFoundException e) {
            return true;
        }
    }
}
