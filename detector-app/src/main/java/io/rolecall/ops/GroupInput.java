package io.rolecall.ops;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.deployment.Clients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the broker knows of the consumer group of this application: who reads what, how far, and what waits. */
final class GroupInput implements AutoCloseable {

    private final String group;
    private final Admin admin;

    /**
     * What waits in a partition for the group.
     *
     * @param read offset up to which the group has read
     * @param unread committed records behind it
     */
    record Waiting(long read, long unread) {}

    /** @throws io.rolecall.config.ConfigurationException when no client can be made of the configuration */
    GroupInput(Configuration configuration) {
        this.group = configuration.detector().applicationId();
        Map<String, Object> properties = new HashMap<>(ClientProperties.admin(configuration));
        // A name of its own, so that its metrics are not mistaken for those of the tools; and a broker that is away is
        // not called
        // every second for hours.
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, group + "-watch");
        properties.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "5000");
        this.admin = Clients.open(() -> Admin.create(properties));
    }

    /**
     * Partitions that members of the group read which are not these.
     *
     * @param own names of this process's consumers
     * @return empty while the group is settling who reads what
     */
    Optional<Set<TopicPartition>> othersPartitions(Set<String> own) throws ExecutionException, InterruptedException {
        ConsumerGroupDescription described =
                get(admin.describeConsumerGroups(Set.of(group)).all()).get(group);
        if (described == null || described.groupState() != GroupState.STABLE) {
            return Optional.empty();
        }
        return Optional.of(described.members().stream()
                .filter(member -> !own.contains(member.clientId()))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .collect(Collectors.toSet()));
    }

    /** What waits in these partitions; records of open transactions do not count. */
    Map<TopicPartition, Waiting> waiting(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, Waiting> waiting = new HashMap<>();
        ends.forEach((partition, end) -> {
            // What the broker has deleted waits for nobody.
            long read = Math.max(offset(committed.get(partition)), offset(begins.get(partition)));
            waiting.put(partition, new Waiting(read, Math.max(0, end.offset() - read)));
        });
        return waiting;
    }

    /**
     * What keeps the group from reading on, as far as the broker tells: offsets that a transaction holds, and transactions of this
     * application that do not end. Empty when it tells nothing of the kind, or does not answer.
     */
    List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        try {
            List<TopicPartition> held = heldOffsets();
            if (!held.isEmpty()) {
                obstacles.add(
                        "the broker holds offsets of the consumer group " + group
                                + " for a transaction that has not ended (UNSTABLE_OFFSET_COMMIT), of " + held
                                + ": if that lasts, restart the broker that coordinates the group; to restart this service does not help");
            }
            for (TransactionListing open : openTransactions()) {
                obstacles.add("transaction " + open.transactionalId() + " is " + open.state()
                        + " for more than a minute: if that lasts, restart the broker that coordinates it");
            }
        } catch (ExecutionException e) {
            obstacles.add("the broker does not tell: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is being closed
        }
        return obstacles;
    }

    /** Asked for offsets that no transaction can change any more, the client leaves out those that one can. */
    private List<TopicPartition> heldOffsets() throws ExecutionException, InterruptedException {
        Set<TopicPartition> stable = get(admin.listConsumerGroupOffsets(
                                group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                        .partitionsToOffsetAndMetadata())
                .keySet();
        return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).keySet().stream()
                .filter(partition -> !stable.contains(partition))
                .sorted(Comparator.comparing(TopicPartition::toString))
                .toList();
    }

    private List<TransactionListing> openTransactions() throws ExecutionException, InterruptedException {
        return get(admin.listTransactions(new ListTransactionsOptions()
                                .filterStates(List.of(
                                        TransactionState.ONGOING,
                                        TransactionState.PREPARE_COMMIT,
                                        TransactionState.PREPARE_ABORT))
                                .filterOnDuration(WorkProgress.PATIENCE.toMillis()))
                        .all())
                .stream()
                .filter(open -> open.transactionalId().startsWith(group + "-"))
                .toList();
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Collection<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return get(admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all());
    }

    private static long offset(@Nullable OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private static long offset(@Nullable ListOffsetsResultInfo info) {
        return info == null ? 0 : info.offset();
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException {
        return future.get(); // bounded by the client's own timeout
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO); // nobody waits for what is asked
    }
}
