package io.rolecall.benchmarks;

import io.rolecall.service.DetectorService;
import io.rolecall.topology.ServiceCounts;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Records per second of the running service, from the first to the last committed offset of a topic that was full before it
 * started, and of a bare consumer of the same topic, turn by turn in one run. One event a record, one stream thread against one
 * consumer thread. Of a thousand records one is needed: registration, service principal or role assignment of an application of
 * its own. Arguments: records (default 4,000,000), rounds (default 5).
 */
public final class ServiceThroughput {

    private static final int PARTITIONS = 4;

    /** Asking takes time from what is measured; not asking makes the end uncertain by as much. */
    private static final long MILLIS_BETWEEN_LOOKS = 20;

    private final String bootstrap;
    private final String topic;
    private final long records;
    private final PrintStream out;

    private ServiceThroughput(String bootstrap, String topic, long records, PrintStream out) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.records = records;
        this.out = out;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Machine.describe(System.out);
        Path directory = Files.createTempDirectory("rolecall-benchmark-");
        String topic = "benchmark-" + System.nanoTime();
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"))) {
            RawTopic raw = new RawTopic(broker.bootstrapServers(), topic, PARTITIONS);
            System.out.println(raw.fill(records, directory));
            ServiceThroughput benchmark = new ServiceThroughput(broker.bootstrapServers(), topic, records, System.out);
            for (String guarantee : List.of("exactly_once_v2", "at_least_once")) {
                benchmark.compare(guarantee, rounds, directory);
            }
        }
    }

    private void compare(String guarantee, int rounds, Path directory) throws Exception {
        Samples ratios = new Samples();
        Samples floors = new Samples();
        Samples services = new Samples();
        for (int round = 0; round <= rounds; round++) {
            double floor = bare();
            Served served = serve(guarantee, directory);
            out.printf(
                    Locale.ROOT,
                    "%s %s: bare %,.0f/s, service %,.0f/s, ratio %.3f; %s%n",
                    guarantee,
                    round == 0 ? "warm-up" : "round " + round,
                    floor,
                    served.perSecond(),
                    served.perSecond() / floor,
                    served.found());
            if (round > 0) {
                floors.add(floor);
                services.add(served.perSecond());
                ratios.add(served.perSecond() / floor);
            }
        }
        out.println(guarantee + " bare, records/s:    " + floors.summary("%,.0f"));
        out.println(guarantee + " service, records/s: " + services.summary("%,.0f"));
        out.println(guarantee + " ratio:              " + ratios.summary("%.3f"));
    }

    private double bare() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest", "max.poll.records", 1000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions());
            consumer.seekToBeginning(partitions());
            long read = consumer.poll(Duration.ofSeconds(10)).count();
            long first = read;
            long start = System.nanoTime();
            while (read < records) {
                ConsumerRecords<byte[], byte[]> batch = consumer.poll(Duration.ofSeconds(10));
                read += batch.count();
            }
            return (read - first) / ((System.nanoTime() - start) / 1e9);
        }
    }

    private record Served(double perSecond, String found) {}

    private Served serve(String guarantee, Path directory) throws Exception {
        String id = "benchmark-" + System.nanoTime();
        ServiceUnderTest tested = new ServiceUnderTest(
                bootstrap,
                id,
                topic,
                directory,
                Map.of("processing.guarantee", guarantee, "num.stream.threads", "1"),
                PARTITIONS);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
                DetectorService service = tested.start()) {
            long begun = 0;
            long start = 0;
            long committed = 0;
            while (committed < records) {
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
                committed = committed(admin, id);
                if (begun == 0 && committed > 0) {
                    begun = committed;
                    start = System.nanoTime();
                }
            }
            double perSecond = (records - begun) / ((System.nanoTime() - start) / 1e9);
            ServiceCounts.TopicCounts counts =
                    ServiceCounts.read(service.streams()).byTopic().get(topic);
            return new Served(perSecond, String.valueOf(counts));
        }
    }

    private long committed(Admin admin, String id) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(id)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    private List<TopicPartition> partitions() {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
    }
}
