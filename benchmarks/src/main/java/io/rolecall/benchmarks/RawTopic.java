package io.rolecall.benchmarks;

import io.rolecall.detection.Catalogue;
import io.rolecall.source.split.EarlySkip;
import io.rolecall.source.split.NeededOperations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic of raw logs of which one record in a thousand is needed. The others are the story's background, as often as it takes: what
 * no detection needs leaves no trace, so an event that comes again costs what it cost before. Those that are needed are all different.
 */
record RawTopic(String bootstrapServers, String name, int partitions) {

    private static final int BACKGROUND_MEBIBYTES = 300;
    private static final int ONE_NEEDED_IN = 1000;

    /** Makes and fills the topic; what is in it, for the report. */
    String fill(int records, Path directory) throws Exception {
        List<byte[]> background = background(directory);
        SyntheticApplications applications = SyntheticApplications.fromStory();
        Deque<String> needed = new ArrayDeque<>();
        int application = 0;
        long bytes = 0;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            create(admin);
            try (KafkaProducer<byte[], byte[]> producer = producer()) {
                for (int i = 0; i < records; i++) {
                    byte[] value;
                    if (i % ONE_NEEDED_IN == ONE_NEEDED_IN / 2) {
                        if (needed.isEmpty()) {
                            needed.addAll(applications.lines(application++));
                        }
                        value = needed.remove().getBytes(StandardCharsets.UTF_8);
                    } else {
                        value = background.get(i % background.size());
                    }
                    bytes += value.length;
                    send(producer, i, value);
                }
            }
            requireFull(admin, records);
        }
        return String.format(
                Locale.ROOT,
                "%,d records, %,d MiB, %,d different ones of the background, %,d applications",
                records,
                bytes >> 20,
                background.size(),
                application);
    }

    /** Makes the topic and fills it with the lines of a file, an event a record, as often as said; returns the number of records. */
    int fillFrom(Path file, int times) throws Exception {
        int records = 0;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            create(admin);
            try (KafkaProducer<byte[], byte[]> producer = producer()) {
                for (int time = 0; time < times; time++) {
                    try (Stream<String> lines = Files.lines(file)) {
                        for (Iterator<String> each = lines.iterator(); each.hasNext(); records++) {
                            send(producer, records, each.next().getBytes(StandardCharsets.UTF_8));
                        }
                    }
                }
            }
            requireFull(admin, records);
        }
        return records;
    }

    private void create(Admin admin) throws Exception {
        NewTopic topic = new NewTopic(name, partitions, (short) 1);
        admin.createTopics(List.of(topic.configs(Map.of("message.timestamp.type", "LogAppendTime"))))
                .all()
                .get();
    }

    private static List<byte[]> background(Path directory) throws IOException {
        Corpus corpus = Corpus.write(directory, "background", BACKGROUND_MEBIBYTES, Corpus.NOTHING_NEEDED);
        EarlySkip skip = new EarlySkip(NeededOperations.of(Catalogue.shipped().operations()));
        List<byte[]> background = new ArrayList<>();
        try (var lines = Files.lines(corpus.file())) {
            lines.map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .filter(skip::skips)
                    .forEach(background::add);
        }
        Files.delete(corpus.file());
        return background;
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int number, byte[] value) {
        // What is not written shows in the offsets at the end.
        var unused = producer.send(new ProducerRecord<>(name, number % partitions, null, value));
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "compression.type",
                        "lz4",
                        "linger.ms",
                        20,
                        "batch.size",
                        262144,
                        // A busy machine may not come to it for minutes.
                        "delivery.timeout.ms",
                        600_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void requireFull(Admin admin, int records) throws Exception {
        var ends = admin.listOffsets(IntStream.range(0, partitions)
                        .boxed()
                        .collect(Collectors.toMap(p -> new TopicPartition(name, p), p -> OffsetSpec.latest())))
                .all()
                .get();
        long written = ends.values().stream().mapToLong(end -> end.offset()).sum();
        if (written != records) {
            throw new IOException("The topic holds " + written + " records and not " + records);
        }
    }
}
