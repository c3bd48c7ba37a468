package io.rolecall.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic of alerts or incidents as any consumer would, committed records only, and keeps every revision.
 *
 * @param <T> what the topic holds, one record a revision, keyed by its id
 */
final class TopicWatch<T> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final KafkaConsumer<String, T> consumer;
    private final Comparator<T> byAge;
    private final BiConsumer<T, Optional<T>> onRevision;
    private final Map<String, List<T>> revisions = new LinkedHashMap<>();
    private final AtomicReference<@Nullable KafkaException> failure = new AtomicReference<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread reader;
    private long lastArrival = System.nanoTime();

    /**
     * Starts to read, from the beginning of the topic.
     *
     * @param properties of a consumer that takes no part in a group
     * @param topic the topic
     * @param values reads the values
     * @param byAge older before newer, among revisions of one id
     * @param onRevision gets every revision as it is read, and the newest before, on another thread
     */
    TopicWatch(
            Map<String, Object> properties,
            String topic,
            Deserializer<T> values,
            Comparator<T> byAge,
            BiConsumer<T, Optional<T>> onRevision) {
        this.byAge = byAge;
        this.onRevision = onRevision;
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), values);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.reader = new Thread(this::read, "watch-" + topic);
        reader.setDaemon(true);
        reader.start();
    }

    /** The newest revision of every id, in the order in which they first came. */
    synchronized List<T> latest() {
        return revisions.values().stream().map(all -> all.get(all.size() - 1)).toList();
    }

    /** All revisions of every id, each the oldest first, in the order in which they first came. */
    synchronized Collection<List<T>> history() {
        return revisions.values().stream().map(List::copyOf).toList();
    }

    /** How long nothing has come. */
    synchronized Duration quiet() {
        return Duration.ofNanos(System.nanoTime() - lastArrival);
    }

    /** @throws KafkaException when the topic cannot be read any more */
    void check() {
        KafkaException error = failure.get();
        if (error != null) {
            throw error;
        }
    }

    @Override
    public void close() {
        closing.set(true);
        consumer.wakeup();
        try {
            reader.join(LONGEST_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (consumer) {
            while (!closing.get()) {
                for (ConsumerRecord<String, T> record : consumer.poll(POLL)) {
                    onRevision.accept(record.value(), keep(record.key(), record.value()));
                }
            }
        } catch (WakeupException closed) {
            // As asked.
        } catch (KafkaException e) {
            failure.set(e);
        }
    }

    /** Keeps a revision and gives the newest of those before. */
    private synchronized Optional<T> keep(String id, T revision) {
        lastArrival = System.nanoTime();
        List<T> all = revisions.computeIfAbsent(id, first -> new ArrayList<>());
        Optional<T> before = all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        all.add(revision);
        all.sort(byAge);
        return before;
    }
}
