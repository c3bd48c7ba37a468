package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.Topics;
import io.rolecall.sandbox.KafkaClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The counters that exactly-once covers, summed over all tasks. They are read from the committed changelogs, so that it matters
 * neither which instance has a task nor whether any runs.
 *
 * @param decode counters of the decode step, as they are named in its store
 * @param history counters of the history
 * @param incidents counters of the incidents
 * @param facts committed records of the facts' topic
 * @param quarantined committed records of the quarantine, by reason and stage
 */
record Sums(
        Map<String, Long> decode,
        Map<String, Long> history,
        Map<String, Long> incidents,
        long facts,
        Map<String, Long> quarantined) {

    /** What a record of the facts' topic can become. */
    private static final List<String> OUTCOMES =
            List.of("new", "duplicate", "late", "inventory", "inquiries", "moved", "failed", "unreadable");

    static Sums read(KafkaClient client, String applicationId, Topics topics) {
        Map<String, Long> quarantined = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : client.committed(topics.quarantine())) {
            quarantined.merge(
                    header(record, "rolecall.reason") + " " + header(record, "rolecall.stage"), 1L, Long::sum);
        }
        return new Sums(
                counters(client, applicationId + "-decode-counts-changelog"),
                counters(client, applicationId + "-history-counts-changelog"),
                counters(client, applicationId + "-incident-counts-changelog"),
                client.committed(topics.appEvents()).stream()
                        .filter(record -> !isProgress(record))
                        .count(),
                quarantined);
    }

    /** How far the steps have read lies among the facts, and is none. */
    private static boolean isProgress(ConsumerRecord<byte[], byte[]> record) {
        return record.key() != null && new String(record.key(), StandardCharsets.UTF_8).startsWith("progress:");
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** The last value of every counter of every partition. */
    private static Map<String, Long> counters(KafkaClient client, String changelog) {
        Map<String, Long> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : client.committed(changelog)) {
            String name = new String(record.key(), StandardCharsets.UTF_8);
            last.put(
                    record.partition() + " " + name,
                    ByteBuffer.wrap(record.value()).getLong());
        }
        Map<String, Long> sums = new TreeMap<>();
        last.forEach((name, count) -> sums.merge(name.substring(name.indexOf(' ') + 1), count, Long::sum));
        return sums;
    }

    long in(String topic) {
        return decode.getOrDefault("in " + topic, 0L);
    }

    long history(String outcome) {
        return history.getOrDefault(outcome, 0L);
    }

    /** Elements of all topics that no detection needs. */
    long skipped() {
        return startingWith("skipped ", "");
    }

    /**
     * Both sums of the counters, and the quarantine holding what the counters say.
     *
     * @param produced elements by topic
     */
    void requireExact(Map<String, Long> produced) {
        produced.forEach((topic, elements) -> {
            long rejected = startingWith("quarantined ", " " + topic);
            assertThat(in(topic)).as("in, %s", topic).isEqualTo(elements);
            assertThat(part("facts ", topic) + part("sightings ", topic) + part("skipped ", topic) + rejected)
                    .as("facts + sightings + skipped + quarantined, %s", topic)
                    .isEqualTo(elements);
        });
        assertThat(OUTCOMES.stream().mapToLong(this::history).sum())
                .as("%s of the facts, of %s", OUTCOMES, history)
                .isEqualTo(facts);
        assertThat(incidents.entrySet().stream()
                        .filter(counter -> counter.getKey().startsWith("alerts "))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .as("revisions of alerts at their incidents, of %s", incidents)
                .isEqualTo(history("alert-revisions"));
        assertThat(stage("decode"))
                .as("records in the quarantine of %s", quarantined)
                .isEqualTo(startingWith("quarantined ", ""));
        assertThat(stage("history"))
                .as("records in the quarantine of %s", quarantined)
                .isEqualTo(history("late") + history("failed") + history("unreadable"));
    }

    private long part(String prefix, String topic) {
        return decode.getOrDefault(prefix + topic, 0L);
    }

    private long stage(String stage) {
        return quarantined.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(" " + stage))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private long startingWith(String prefix, String end) {
        return decode.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(prefix) && entry.getKey().endsWith(end))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
