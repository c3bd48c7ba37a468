package io.rolecall.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.rolecall.config.Configuration;
import io.rolecall.ops.GroupInput.Waiting;
import io.rolecall.ops.WorkProgress.Input;
import io.rolecall.topology.LocalTasks;
import io.rolecall.topology.LocalTasks.LocalTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks, every few seconds and on a thread of its own, at how the work of this instance goes on, and tells {@link WorkProgress}. */
final class WorkWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkWatch.class);

    private final KafkaStreams streams;
    private final LocalTasks tasks;
    private final GroupInput group;
    private final WorkProgress progress;
    private final UnreadGauges unread;
    private final StandstillLog log;
    private final OffsetsGoneBack goneBack = new OffsetsGoneBack();
    private final AtomicReference<Set<TopicPartition>> others = new AtomicReference<>(Set.of());
    private final BackgroundThread background = new BackgroundThread("rolecall-watch");

    WorkWatch(
            KafkaStreams streams,
            LocalTasks tasks,
            Configuration configuration,
            WorkProgress progress,
            Restoration restoration,
            MeterRegistry registry) {
        this.streams = streams;
        this.tasks = tasks;
        this.group = new GroupInput(configuration);
        this.progress = progress;
        this.unread = new UnreadGauges(registry);
        this.log = new StandstillLog(progress, restoration::remaining, group::obstacles);
    }

    void start(Duration interval) {
        // Without another look the watch would say that all stands still.
        background.repeat(Duration.ZERO, interval, this::look, e -> LOG.atWarn()
                .setCause(e)
                .log("It cannot be seen how the work goes on"));
    }

    /** Partitions that other members of the consumer group read, as far as is known. */
    Set<TopicPartition> others() {
        return Objects.requireNonNull(others.get());
    }

    private void look() {
        try {
            if (!streams.state().isRunningOrRebalancing()) {
                progress.waitForBeginning();
            } else {
                List<LocalTask> assigned = tasks.assigned();
                progress.assigned(
                        assigned.stream()
                                .map(task -> new WorkProgress.Task(task.id(), tasks.answers(task)))
                                .toList(),
                        streams.state() == KafkaStreams.State.RUNNING);
                ask(assigned);
                log.tell();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is being closed
        }
    }

    /** A broker that cannot be reached is told by what is not heard. */
    private void ask(List<LocalTask> assigned) throws InterruptedException {
        Optional<Boolean> work = Optional.empty();
        try {
            Optional<Set<TopicPartition>> elsewhere = group.othersPartitions(tasks.consumers());
            elsewhere.ifPresent(others::set);
            work = elsewhere.map(partitions -> !partitions.isEmpty());
            Set<TopicPartition> partitions = assigned.stream()
                    .flatMap(task -> task.partitions().stream())
                    .collect(Collectors.toSet());
            Map<TopicPartition, Waiting> waiting = partitions.isEmpty() ? Map.of() : group.waiting(partitions);
            unread.show(waiting);
            List<String> lost = goneBack.in(waiting);
            if (!lost.isEmpty()) {
                LOG.atWarn()
                        .addKeyValue("partitions", lost)
                        .log(
                                "The broker has gone back to older offsets of this group: what follows them is read and counted"
                                        + " again; alerts keep their ids. What to do: docs/operations.md#rolecallstandstill");
            }
            progress.heard(
                    work, assigned.stream().collect(Collectors.toMap(LocalTask::id, task -> sum(task, waiting))));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RetriableException)) {
                // It answers, and refuses: a right or a topic is missing, which is told where it is needed.
                progress.heard(work, Map.of());
                LOG.atDebug().addKeyValue("reason", e.getMessage()).log("The broker does not say what waits");
            }
        }
    }

    private static Input sum(LocalTask task, Map<TopicPartition, Waiting> waiting) {
        long read = 0;
        long unread = 0;
        for (TopicPartition partition : task.partitions()) {
            Waiting known = waiting.getOrDefault(partition, new Waiting(0, 0));
            read += known.read();
            unread += known.unread();
        }
        return new Input(read, unread);
    }

    @Override
    public void close() {
        background.close();
        group.close();
    }
}
