package io.rolecall.sandbox;

import io.rolecall.alert.AlertRevisions;
import io.rolecall.schema.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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

/** Reads the topic of alerts as any consumer would, committed records only, and keeps every revision. */
final class AlertWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final KafkaConsumer<String, Alert> consumer;
    private final BiConsumer<Alert, Optional<Alert>> onAlert;
    private final Map<String, List<Alert>> revisions = new LinkedHashMap<>();
    private final AtomicReference<@Nullable KafkaException> failure = new AtomicReference<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread reader;
    private long lastArrival = System.nanoTime();

    /**
     * Starts to read, from the beginning of the topic.
     *
     * @param properties of a consumer that takes no part in a group
     * @param topic topic of the alerts
     * @param alerts reads the values
     * @param onAlert gets every revision as it is read, and the one before, on another thread
     */
    AlertWatch(
            Map<String, Object> properties,
            String topic,
            Deserializer<Alert> alerts,
            BiConsumer<Alert, Optional<Alert>> onAlert) {
        this.onAlert = onAlert;
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), alerts);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.reader = new Thread(this::read, "alert-watch");
        reader.setDaemon(true);
        reader.start();
    }

    /** The newest revision of every alert, in the order in which they were raised. */
    synchronized List<Alert> latest() {
        return revisions.values().stream().map(all -> all.get(all.size() - 1)).toList();
    }

    /** All revisions of every alert, in the order in which they were raised. */
    synchronized Collection<List<Alert>> history() {
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
                for (ConsumerRecord<String, Alert> record : consumer.poll(POLL)) {
                    onAlert.accept(record.value(), keep(record.value()));
                }
            }
        } catch (WakeupException closed) {
            // As asked.
        } catch (KafkaException e) {
            failure.set(e);
        }
    }

    /** Keeps a revision and gives the newest of those before. */
    private synchronized Optional<Alert> keep(Alert alert) {
        lastArrival = System.nanoTime();
        List<Alert> all = revisions.computeIfAbsent(alert.getAlertId(), id -> new ArrayList<>());
        Optional<Alert> before = all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        all.add(alert);
        all.sort(AlertRevisions.BY_AGE);
        return before;
    }
}
