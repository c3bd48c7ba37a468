package io.rolecall.service;

import io.rolecall.config.Topics;
import io.rolecall.sandbox.story.Envelope;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A story as records of the raw topics, in the order of delivery: diagnostic settings deliver their records in batches, everything
 * else comes one by one, which is what the early skip leaves out. The partitions take turns.
 *
 * @param records the records
 * @param elements number of elements by topic
 */
record StoryRecords(List<ProducerRecord<byte[], byte[]>> records, Map<String, Long> elements) {

    private static final int BATCH = 15;

    static StoryRecords of(Story story, Topics topics, int partitions) {
        Map<Envelope, List<String>> batches = new EnumMap<>(Envelope.class);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Long> elements = new TreeMap<>();
        Iterator<StoryEvent> events = story.events().iterator();
        while (events.hasNext()) {
            StoryEvent event = events.next();
            String topic = topic(topics, event.source());
            elements.merge(topic, 1L, Long::sum);
            if (isBatched(event.envelope())) {
                List<String> batch = batches.computeIfAbsent(event.envelope(), key -> new ArrayList<>());
                batch.add(event.json());
                if (batch.size() == BATCH) {
                    records.add(record(topic, partitions, records.size(), batched(batch)));
                }
            } else {
                records.add(record(topic, partitions, records.size(), event.json()));
            }
        }
        batches.forEach((envelope, batch) -> {
            if (!batch.isEmpty()) {
                records.add(record(topic(topics, envelope.source()), partitions, records.size(), batched(batch)));
            }
        });
        return new StoryRecords(List.copyOf(records), elements);
    }

    long total() {
        return elements.values().stream().mapToLong(Long::longValue).sum();
    }

    private static boolean isBatched(Envelope envelope) {
        return envelope == Envelope.ENTRA_AUDIT_RECORDS || envelope == Envelope.SIGN_IN_RECORDS;
    }

    private static String batched(List<String> batch) {
        String text = "{\"records\":[" + String.join(",", batch) + "]}";
        batch.clear();
        return text;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int partitions, int number, String value) {
        return new ProducerRecord<>(topic, number % partitions, null, Site.bytes(value));
    }

    static String topic(Topics topics, String source) {
        return switch (source) {
            case "entra-audit" -> topics.entraAudit();
            case "entra-sign-in" -> topics.entraSignIn();
            case "azure-activity" -> topics.azureActivity();
            case "m365-audit" -> topics.m365Audit();
            default -> throw new IllegalArgumentException(source);
        };
    }
}
