package io.rolecall.service;

import io.rolecall.sandbox.KafkaClient;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/** Makes the broker's log of offsets long, as months of a busy group do: by transactions that commit offsets and nothing else. */
final class OffsetsLog {

    /** What may be kept beside an offset; a broker takes 4096 bytes. */
    private static final String METADATA = "x".repeat(4_000);

    private OffsetsLog() {}

    /**
     * Commits until it is long enough.
     *
     * @param topic any topic of at least one partition
     */
    static void fill(KafkaClient client, String topic, BooleanSupplier enough) {
        try (Producer<byte[], byte[]> producer = client.producer(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "filling-the-log-of-offsets",
                // A transaction that begins while the one before is being ended is tried again after this.
                ProducerConfig.RETRY_BACKOFF_MS_CONFIG,
                2))) {
            ConsumerGroupMetadata group = client.group("some-other-group");
            producer.initTransactions();
            long offset = 0;
            do {
                producer.beginTransaction();
                producer.sendOffsetsToTransaction(
                        Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset++, METADATA)), group);
                producer.commitTransaction();
            } while (!enough.getAsBoolean());
        }
    }
}
