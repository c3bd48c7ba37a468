package io.rolecall.ops;

import io.rolecall.state.Names;
import io.rolecall.topology.LocalTasks;
import io.rolecall.topology.LocalTasks.LocalTask;
import io.rolecall.topology.ServiceCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The counters of every task of this process as they could last be read. A scrape reads them here, so that it is cheap and waits for no
 * store. A task that cannot be asked keeps its last counters: a counter that falls to nothing and rises again reads like an avalanche of
 * events, and one that vanishes silences the rules that speak of it. Only a task that is known to be another instance's is left out.
 * The first counters are those of all tasks together, so that the start of a process is no increase.
 */
final class LatestCounts implements Supplier<Optional<ServiceCounts>> {

    private final AtomicReference<Optional<ServiceCounts>> latest = new AtomicReference<>(Optional.empty());
    private final Map<String, Counted> byTask = new HashMap<>();

    /** Last counters of a task. */
    private record Counted(LocalTask task, Map<String, Long> counters) {}

    /**
     * Reads the stores that can be read now; to be called by one thread.
     *
     * @param others partitions that other members of the consumer group read
     */
    void refresh(KafkaStreams streams, LocalTasks tasks, Set<TopicPartition> others) {
        KafkaStreams.State state = streams.state();
        if (!state.isRunningOrRebalancing()) {
            return;
        }
        Map<LocalTask, Optional<Map<String, Long>>> read = new HashMap<>();
        List<LocalTask> assigned = tasks.assigned();
        assigned.stream().filter(LocalTask::counts).forEach(task -> read.put(task, tasks.counters(task)));
        boolean settled = state == KafkaStreams.State.RUNNING && streams.state() == KafkaStreams.State.RUNNING;
        refresh(read, settled, others);
    }

    /**
     * Takes what was read.
     *
     * @param read the tasks with counters, each with what could be read
     * @param settled whether these are all tasks of this process; else others may still be its own
     * @param others partitions that other members of the consumer group read
     */
    void refresh(Map<LocalTask, Optional<Map<String, Long>>> read, boolean settled, Set<TopicPartition> others) {
        read.forEach((task, counters) ->
                counters.ifPresent(known -> byTask.put(task.id(), new Counted(task, Map.copyOf(known)))));
        Set<String> assigned = read.keySet().stream().map(LocalTask::id).collect(Collectors.toSet());
        byTask.values()
                .removeIf(counted -> settled
                        ? !assigned.contains(counted.task().id())
                        : counted.task().partitions().stream().anyMatch(others::contains));
        boolean whole = settled && byTask.keySet().containsAll(assigned);
        if (whole || get().isPresent()) {
            set(ServiceCounts.of(sum(Names.DECODE_COUNTS), sum(Names.HISTORY_COUNTS), sum(Names.INCIDENT_COUNTS)));
        }
    }

    /** Sets what was read. */
    void set(ServiceCounts counts) {
        latest.set(Optional.of(counts));
    }

    @Override
    public Optional<ServiceCounts> get() {
        return Objects.requireNonNull(latest.get());
    }

    private Map<String, Long> sum(String store) {
        Map<String, Long> sums = new TreeMap<>();
        byTask.values().stream()
                .filter(counted -> counted.task().store().equals(Optional.of(store)))
                .forEach(counted -> counted.counters().forEach((name, count) -> sums.merge(name, count, Long::sum)));
        return sums;
    }
}
