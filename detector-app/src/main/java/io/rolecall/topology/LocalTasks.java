package io.rolecall.topology;

import io.rolecall.config.DetectorConfig;
import io.rolecall.state.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The active tasks of this process, and whether they can be asked. Kafka Streams tells which tasks a thread has as of the last time
 * that the thread was running: after that it may have lost them, or wait for ever to begin. Only a store that answers shows that its
 * task is at work.
 */
public final class LocalTasks {

    private final KafkaStreams streams;
    private final DetectorConfig config;

    /**
     * An active task.
     *
     * @param id subtopology and partition, as Kafka Streams writes it
     * @param number number of the partition
     * @param store name of a store of its own, empty when none is known
     * @param partitions what it reads
     */
    public record LocalTask(String id, int number, Optional<String> store, Set<TopicPartition> partitions) {

        public LocalTask {
            partitions = Set.copyOf(partitions);
        }

        /** Whether its store is one of counters. */
        public boolean counts() {
            return store.filter(List.of(Names.DECODE_COUNTS, Names.HISTORY_COUNTS, Names.INCIDENT_COUNTS)::contains)
                    .isPresent();
        }
    }

    /**
     * Of an application.
     *
     * @param config tells the names of the topics that its tasks read
     */
    public LocalTasks(KafkaStreams streams, DetectorConfig config) {
        this.streams = streams;
        this.config = config;
    }

    /** The tasks that the threads had when they were last running, in the order of their ids. */
    public List<LocalTask> assigned() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .map(this::task)
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }

    /** Whether its store answers; of a task without a known store, whether all threads are running. */
    public boolean answers(LocalTask task) {
        if (task.store().isEmpty()) {
            return streams.state() == KafkaStreams.State.RUNNING;
        }
        try {
            store(task.store().get(), task.number());
            return true;
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return false;
        }
    }

    /**
     * The counters of a task that {@linkplain LocalTask#counts() has some}.
     *
     * @return empty when they cannot be read now
     */
    public Optional<Map<String, Long>> counters(LocalTask task) {
        Map<String, Long> counters = new TreeMap<>();
        try {
            ReadOnlyKeyValueStore<String, Long> store = store(task.store().orElseThrow(), task.number());
            try (KeyValueIterator<String, Long> all = store.all()) {
                all.forEachRemaining(counter -> counters.put(counter.key, counter.value));
            }
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return Optional.empty();
        }
        return Optional.of(counters);
    }

    /** Names of the consumers of this process, by which its consumer group knows them. */
    public Set<String> consumers() {
        return streams.metadataForLocalThreads().stream()
                .map(ThreadMetadata::consumerClientId)
                .collect(Collectors.toUnmodifiableSet());
    }

    private <K, V> ReadOnlyKeyValueStore<K, V> store(String name, int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<K, V>keyValueStore())
                .withPartition(partition));
    }

    private LocalTask task(TaskMetadata task) {
        return new LocalTask(
                task.taskId().toString(),
                task.taskId().partition(),
                task.topicPartitions().stream()
                        .flatMap(partition -> storeBehind(partition.topic()))
                        .findFirst(),
                task.topicPartitions());
    }

    /** The store that only the task has which reads this topic. */
    private Stream<String> storeBehind(String topic) {
        if (topic.equals(config.topics().appEvents())) {
            return Stream.of(Names.HISTORY_COUNTS);
        }
        if (topic.equals(Names.repartitionTopic(config.applicationId(), Names.IDENTITY_REPARTITION))) {
            return Stream.of(Names.IDENTITY);
        }
        if (topic.equals(Names.repartitionTopic(config.applicationId(), Names.ACTOR_REPARTITION))) {
            return Stream.of(Names.ACTORS);
        }
        if (topic.equals(Names.repartitionTopic(config.applicationId(), Names.INCIDENT_REPARTITION))) {
            return Stream.of(Names.INCIDENT_COUNTS);
        }
        return config.topics().rawLogs().contains(topic) ? Stream.of(Names.DECODE_COUNTS) : Stream.empty();
    }
}
