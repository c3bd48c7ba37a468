package io.rolecall.gather;

import io.rolecall.config.Configuration;
import io.rolecall.config.Topics;
import io.rolecall.deployment.AccessPlan;
import io.rolecall.deployment.BrokerTrouble;
import io.rolecall.deployment.Clients;
import io.rolecall.deployment.DeploymentException;
import io.rolecall.deployment.Shortcoming;
import io.rolecall.replay.Decoding;
import io.rolecall.replay.Plan;
import io.rolecall.replay.PlannedPartition;
import io.rolecall.replay.Shard;
import io.rolecall.replay.SourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Takes the snapshot that a plan is made of. */
public final class Snapshot {

    private final Configuration configuration;
    private final ReplayClients clients;
    private final List<String> notes = new ArrayList<>();

    public Snapshot(Configuration configuration) {
        this.configuration = configuration;
        this.clients = new ReplayClients(configuration);
    }

    /**
     * What is wanted.
     *
     * @param from first event time of the alerts that are told
     * @param to end of it, exclusive
     * @param readFrom record time from which raw logs are read
     * @param decoding how facts are decoded
     * @param shard which share of the partitions this process gathers
     * @param live whether what live says is gathered too; empty: when it may be read
     * @param now the present
     */
    public record Wanted(
            Instant from,
            Instant to,
            Instant readFrom,
            Decoding decoding,
            Shard shard,
            Optional<Boolean> live,
            Instant now) {}

    /**
     * Makes the plan.
     *
     * @throws DeploymentException when none of the topics of raw logs is there, or the broker does not answer or refuses
     */
    public Plan take(Wanted wanted) {
        BrokerTrouble trouble = new BrokerTrouble(configuration, AccessPlan.ofReplay(configuration));
        return trouble.explained(() -> {
            try (Admin admin = clients.admin()) {
                return plan(admin, wanted);
            }
        });
    }

    /** What the user should know of the plan, in sentences. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    private Plan plan(Admin admin, Wanted wanted) {
        Topics topics = configuration.detector().topics();
        Map<SourceKind, List<TopicPartition>> sources = new EnumMap<>(SourceKind.class);
        sources.put(SourceKind.RAW, partitions(admin, topics.rawLogs(), true));
        if (sources.getOrDefault(SourceKind.RAW, List.of()).isEmpty()) {
            throw new DeploymentException(
                    Shortcoming.error(
                            "none of the topics of raw logs is there: " + String.join(", ", topics.rawLogs()),
                            "the section 'topics' of the configuration names them"),
                    null);
        }
        sources.put(SourceKind.NETWORKS, partitions(admin, List.of(topics.networks()), true));
        sources.put(SourceKind.INVENTORY, partitions(admin, List.of(topics.inventory()), true));
        List<PlannedPartition> planned = new ArrayList<>();
        sources.forEach((kind, partitions) -> planned.addAll(planned(admin, kind, partitions, wanted)));
        planned.stream()
                .filter(PlannedPartition::isHeldBack)
                .forEach(partition -> notes.add(partition + ": an open transaction holds readers back at offset "
                        + partition.end() + " of " + partition.highWatermark()
                        + "; what lies behind is not part of this replay"));
        List<PlannedPartition> all = isLiveWanted(admin, topics, wanted) ? withLive(admin, planned, wanted) : planned;
        return new Plan(
                Plan.FORMAT,
                wanted.from(),
                wanted.to(),
                wanted.readFrom(),
                configuration.detector().applicationId(),
                wanted.decoding(),
                wanted.shard(),
                all,
                wanted.now());
    }

    /**
     * After the ends of the raw logs are known, so that live can have seen all that is gathered; the alerts after the incidents and the
     * facts after the alerts, so that the alert is there of whatever an incident tells, and the fact of whatever an alert tells.
     */
    private List<PlannedPartition> withLive(Admin admin, List<PlannedPartition> raw, Wanted wanted) {
        Topics topics = configuration.detector().topics();
        Optional<Map<TopicPartition, Long>> committed = committed(admin);
        List<PlannedPartition> all = new ArrayList<>(raw);
        Map<SourceKind, String> live = new EnumMap<>(Map.of(
                SourceKind.INCIDENTS, topics.incidents(),
                SourceKind.ALERTS, topics.alerts(),
                SourceKind.QUARANTINE, topics.quarantine(),
                SourceKind.FACTS, topics.appEvents()));
        live.forEach(
                (kind, topic) -> all.addAll(planned(admin, kind, partitions(admin, List.of(topic), false), wanted)));
        if (all.stream().noneMatch(partition -> partition.kind() == SourceKind.INCIDENTS)) {
            notes.add("the incidents of live are not compared with: " + topics.incidents()
                    + " is missing or not to be read");
        }
        committed.ifPresent(offsets ->
                all.replaceAll(partition -> partition.kind() == SourceKind.RAW || partition.kind() == SourceKind.FACTS
                        ? partition.withLiveFrom(
                                offsets.getOrDefault(new TopicPartition(partition.topic(), partition.partition()), 0L))
                        : partition));
        return all;
    }

    private boolean isLiveWanted(Admin admin, Topics topics, Wanted wanted) {
        boolean readable = !partitions(
                        admin, List.of(topics.alerts()), wanted.live().orElse(false))
                .isEmpty();
        if (wanted.live().orElse(false) && !readable) {
            throw new DeploymentException(
                    Shortcoming.error(
                            "the alerts of live cannot be read: " + topics.alerts() + " is missing or not to be read",
                            "grant Read on it, or leave --against away"),
                    null);
        }
        return readable && wanted.live().orElse(true);
    }

    /** How far live has come; what it has never committed it has not read. Empty where its group cannot be seen. */
    private Optional<Map<TopicPartition, Long>> committed(Admin admin) {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = Clients.await(
                    admin.listConsumerGroupOffsets(configuration.detector().applicationId())
                            .partitionsToOffsetAndMetadata());
            Map<TopicPartition, Long> known = new HashMap<>();
            offsets.forEach((partition, offset) -> {
                if (offset != null) {
                    known.put(partition, offset.offset());
                }
            });
            return Optional.of(known);
        } catch (GroupIdNotFoundException e) {
            return Optional.of(Map.of());
        } catch (GroupAuthorizationException e) {
            notes.add("how far live has come is not known, for want of Describe on the group "
                    + configuration.detector().applicationId());
            return Optional.empty();
        }
    }

    private List<PlannedPartition> planned(
            Admin admin, SourceKind kind, Collection<TopicPartition> partitions, Wanted wanted) {
        LogOffsets offsets = new LogOffsets(admin);
        Map<TopicPartition, Long> ends = offsets.lastStable(partitions);
        Map<TopicPartition, Long> marks = offsets.highWatermark(partitions);
        Map<TopicPartition, Long> earliest = offsets.earliest(partitions);
        boolean raw = kind == SourceKind.RAW;
        Map<TopicPartition, Long> from =
                raw ? offsets.from(partitions, wanted.readFrom().toEpochMilli()) : earliest;
        Map<TopicPartition, Long> times = raw ? new FirstRecords(clients).times(earliest, ends) : Map.of();
        List<PlannedPartition> planned = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            long end = ends.getOrDefault(partition, 0L);
            long first = Math.min(end, earliest.getOrDefault(partition, 0L));
            Long time = times.get(partition);
            planned.add(new PlannedPartition(
                    partition.topic(),
                    kind,
                    partition.partition(),
                    first,
                    start(from.getOrDefault(partition, -1L), first, end, time),
                    end,
                    Math.max(end, marks.getOrDefault(partition, end)),
                    time == null || time < 0 ? null : Instant.ofEpochMilli(time),
                    null));
        }
        return planned;
    }

    /** Nothing is so young: the end. Records without a time could be of any: the beginning. */
    private static long start(long found, long first, long end, @Nullable Long firstTime) {
        if (found >= 0) {
            return Math.max(first, Math.min(found, end));
        }
        return firstTime != null && firstTime < 0 ? first : end;
    }

    /** The partitions of the topics that are there and may be read, in order. */
    private List<TopicPartition> partitions(Admin admin, List<String> topics, boolean tell) {
        Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(
                        topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            try {
                KafkaFuture<TopicDescription> answer = asked.get(topic);
                TopicDescription description = answer == null ? null : Clients.await(answer);
                if (description == null) {
                    continue;
                }
                Set<AclOperation> allowed = description.authorizedOperations();
                if (allowed != null && !allowed.contains(AclOperation.READ) && !tell) {
                    continue;
                }
                description.partitions().forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            } catch (UnknownTopicOrPartitionException e) {
                if (tell) {
                    notes.add("the topic " + topic + " is missing: nothing is read of it");
                }
            } catch (TopicAuthorizationException e) {
                if (tell) {
                    throw e;
                }
            }
        }
        return partitions;
    }
}
