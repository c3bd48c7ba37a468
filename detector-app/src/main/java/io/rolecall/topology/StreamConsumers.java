package io.rolecall.topology;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Makes the clients of the streams as Kafka does, and keeps hold of the consumers of the stream threads: a processor cannot ask for
 * one, and only its consumer knows how much of a partition still lies on the brokers. Safe for use by several threads.
 */
public final class StreamConsumers implements KafkaClientSupplier {

    /** Under this name a consumer's interceptor finds these. */
    static final String PROPERTY = "rolecall.stream-consumers";

    private static final String CLIENT_ID = "client.id";

    /** What Kafka Streams puts behind the name of a thread for the client id of its consumer. */
    private static final String SUFFIX = "-consumer";

    private final Map<String, Consumer<byte[], byte[]>> byThread = new ConcurrentHashMap<>();
    private final Map<Fetch, Long> lastFetched = new ConcurrentHashMap<>();

    /** What one thread fetches. */
    private record Fetch(String thread, TopicPartition partition) {}

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        Consumer<byte[], byte[]> consumer = consumer(config);
        String clientId = String.valueOf(config.get(CLIENT_ID));
        if (clientId.endsWith(SUFFIX)) {
            byThread.put(clientId.substring(0, clientId.length() - SUFFIX.length()), consumer);
        }
        return consumer;
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The consumer of this thread hands over records of a partition, of which this is the last. */
    void fetched(TopicPartition partition, long lastOffset) {
        lastFetched.put(new Fetch(thisThread(), partition), lastOffset);
    }

    /** Of this partition nothing has been fetched by this thread since it has had it. */
    public void assigned(TopicPartition partition) {
        lastFetched.remove(new Fetch(thisThread(), partition));
    }

    /**
     * Whether nothing lies on the brokers that this thread's consumer has not handed over, and nothing was handed over that was not
     * processed. What is not known counts as no.
     *
     * @param lastProcessed offset; -1 when nothing has been processed
     */
    public boolean isReadToEnd(TopicPartition partition, long lastProcessed) {
        Consumer<byte[], byte[]> consumer = byThread.get(thisThread());
        if (consumer == null || lastFetched.getOrDefault(new Fetch(thisThread(), partition), -1L) > lastProcessed) {
            return false;
        }
        try {
            OptionalLong lag = consumer.currentLag(partition);
            return lag.isPresent() && lag.getAsLong() == 0;
        } catch (IllegalStateException e) {
            return false; // the partition has just been taken from this thread
        }
    }

    private static String thisThread() {
        return Thread.currentThread().getName();
    }
}
