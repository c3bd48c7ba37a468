package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * What tests do with a broker: make topics, write and wait until it is acknowledged, read what is committed. Every wait has an end,
 * and a wait that fails says what it saw.
 */
public final class KafkaClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Object> properties;
    private final Admin admin;

    public KafkaClient(String bootstrapServers) {
        this(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** A client that connects as its properties say, for example over TLS. */
    public KafkaClient(Map<String, Object> properties) {
        this.properties = Map.copyOf(properties);
        this.admin = Admin.create(this.properties);
    }

    public Admin admin() {
        return admin;
    }

    /** A topic of one partition; its name begins with the prefix and is used by nobody else. */
    public String createTopic(String prefix) {
        return createTopic(prefix, 1, Map.of());
    }

    public String createTopic(String prefix, int partitions, Map<String, String> configuration) {
        String name = prefix + "-" + UUID.randomUUID();
        createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(configuration)));
        return name;
    }

    /** Creates topics and waits until the broker, and not only its controller, knows of them. */
    public void createTopics(Collection<NewTopic> topics) {
        await(admin.createTopics(topics).all(), "creation of " + topics);
        Set<String> names = topics.stream().map(NewTopic::name).collect(Collectors.toSet());
        Awaitility.await("the broker to know of " + names)
                .until(() -> admin.listTopics().names().get().containsAll(names));
    }

    /** Changes a setting of a topic and waits until the broker, and not only its controller, knows of it. */
    public void configure(String topic, String key, String value) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        await(admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all(), "setting of " + topic);
        Awaitility.await("the broker to know of " + key + "=" + value).until(() -> Objects.requireNonNull(
                        admin.describeConfigs(List.of(resource)).all().get().get(resource))
                .get(key)
                .value()
                .equals(value));
    }

    /** Writes values without a key and waits until the broker has them. */
    public void produce(String topic, byte[]... values) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (byte[] value : values) {
            records.add(new ProducerRecord<>(topic, value));
        }
        produce(records);
    }

    public void produce(String topic, String... values) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String value : values) {
            records.add(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
        }
        produce(records);
    }

    /** Writes records and waits until the broker has them. */
    public void produce(Collection<ProducerRecord<byte[], byte[]>> records) {
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            List<Future<?>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            producer.flush();
            sent.forEach(future -> await(future, "acknowledgement"));
        }
    }

    public Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.putAll(more);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer of committed records only, without a group. */
    public Consumer<byte[], byte[]> consumer() {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** What a producer needs to commit offsets of a group for one that is no member. */
    public ConsumerGroupMetadata group(String id) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ConsumerConfig.GROUP_ID_CONFIG, id);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.groupMetadata();
        }
    }

    /** Reads the committed records of a topic from its beginning until there are so many. */
    public List<ConsumerRecord<byte[], byte[]>> consume(String topic, int count) {
        return consumeUntil(topic, records -> records.size() >= count);
    }

    /** Reads the committed records of a topic from its beginning until enough is seen. */
    public List<ConsumerRecord<byte[], byte[]>> consumeUntil(
            String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            assign(consumer, topic);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!enough.test(records)) {
                if (System.nanoTime() > end) {
                    return fail("Waited %s for more than %d committed records in %s", PATIENCE, records.size(), topic);
                }
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    /** The records of a topic that are committed now. */
    public List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            Set<TopicPartition> partitions = assign(consumer, topic);
            // For a consumer of committed records this is the end of the last finished transaction.
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    /** The result of something that the broker does. */
    public static <T> T await(Future<T> future, String what) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(what + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what + " was interrupted", e);
        }
    }

    public static <T> T await(org.apache.kafka.common.KafkaFuture<T> future, String what) {
        return await(future.toCompletionStage().toCompletableFuture(), what);
    }

    private static Set<TopicPartition> assign(Consumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return Set.copyOf(partitions);
    }
}
