package io.rolecall.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** What {@code kafka-console-producer.sh --bootstrap-server ADDRESS --topic NAME} does: a record for each line of standard input. */
final class LineProducer {

    private LineProducer() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        List<String> given = Arrays.asList(arguments);
        if (given.size() != 4
                || !given.get(0).equals("--bootstrap-server")
                || !given.get(2).equals("--topic")) {
            throw new IllegalArgumentException(String.join(" ", given));
        }
        Map<String, Object> properties = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, given.get(1));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = lines.lines()
                    .map(line -> producer.send(new ProducerRecord<>(given.get(3), line)))
                    .toList();
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        }
    }
}
