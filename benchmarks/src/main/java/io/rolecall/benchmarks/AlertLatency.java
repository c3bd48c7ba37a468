package io.rolecall.benchmarks;

import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryEvent;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.service.DetectorService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Milliseconds from producing a grant of a tier-0 role, complete with App ID and address, to reading its alert, on an idle service:
 * at-least-once and exactly-once, beside one bare hop of a record of the same size through the same broker in the same run.
 * Arguments: alerts a mode (default 1,000), after 2,000 that are not counted.
 */
public final class AlertLatency {

    private static final int ALERTS = 1_000;

    /** A service that is watched for a day is not one that has just begun to compile its code. */
    private static final int WARM_UP = 2_000;

    private static final String TEMPLATE_ROLE = "810c84a8-4a9e-49e6-bf7d-12d183f40d01";
    private static final String TIER_0_ROLE = "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String bootstrap;
    private final int alerts;
    private final String template;

    private AlertLatency(String bootstrap, int alerts) {
        this.bootstrap = bootstrap;
        this.alerts = alerts;
        this.template = Story.generate(StoryOptions.defaults().withNoisePerDay(0))
                .events()
                .filter(event -> event.source().equals("entra-audit"))
                .map(StoryEvent::json)
                .filter(json -> json.contains(TEMPLATE_ROLE) && json.contains("ServicePrincipal.AppId"))
                .findFirst()
                .orElseThrow();
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Machine.describe(System.out);
        Path directory = Files.createTempDirectory("rolecall-benchmark-");
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"))) {
            AlertLatency benchmark = new AlertLatency(
                    broker.bootstrapServers(), arguments.length > 0 ? Integer.parseInt(arguments[0]) : ALERTS);
            benchmark.print("bare hop", benchmark.bare());
            for (String guarantee : List.of("at_least_once", "exactly_once_v2")) {
                benchmark.print(guarantee, benchmark.service(guarantee, directory));
            }
            benchmark.print("bare hop", benchmark.bare());
        }
    }

    private double[] bare() {
        String topic = "bare-" + System.nanoTime();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
        return measure(topic, topic, "read_uncommitted");
    }

    private double[] service(String guarantee, Path directory) throws IOException, InterruptedException {
        String name = "latency-" + System.nanoTime();
        ServiceUnderTest service = new ServiceUnderTest(
                bootstrap, name, name + ".1", directory, Map.of("processing.guarantee", guarantee), 1);
        DetectorService running = service.startAndAwait();
        try {
            return measure(name + ".1", service.alertsTopic(), "read_committed");
        } finally {
            running.close();
        }
    }

    private double[] measure(String to, String from, String isolation) {
        double[] millis = new double[alerts];
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap, "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrap,
                                "auto.offset.reset",
                                "earliest",
                                "isolation.level",
                                isolation),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(from).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (int i = -WARM_UP; i < alerts; i++) {
                byte[] event = event();
                long start = System.nanoTime();
                var unused = producer.send(new ProducerRecord<>(to, event), AlertLatency::refuse);
                while (consumer.poll(PATIENCE).isEmpty()) {
                    throw new IllegalStateException("No alert within " + PATIENCE);
                }
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        Arrays.sort(millis);
        return millis;
    }

    private static void refuse(RecordMetadata written, @Nullable Exception error) {
        if (error != null) {
            throw new IllegalStateException("The broker refuses the event", error);
        }
    }

    /** The grant to an application of its own. */
    private byte[] event() {
        String text =
                template.replace(TEMPLATE_ROLE, TIER_0_ROLE).replace("Mail.Read", "RoleManagement.ReadWrite.Directory");
        for (String name : List.of("ServicePrincipal.AppId", "ServicePrincipal.ObjectID")) {
            text = text.replace(valueOf(text, name), UUID.randomUUID().toString());
        }
        int correlation = text.indexOf("\"correlationId\":\"") + 17;
        text = text.replace(
                text.substring(correlation, correlation + 36), UUID.randomUUID().toString());
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String valueOf(String text, String property) {
        int value = text.indexOf("newValue\":\"\\\"", text.indexOf(property)) + 13;
        return text.substring(value, value + 36);
    }

    private void print(String mode, double[] sorted) {
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %.1f ms, p99 %.1f ms, largest %.1f ms of %d%n",
                mode,
                sorted[sorted.length / 2],
                sorted[(int) Math.ceil(sorted.length * 0.99) - 1],
                sorted[sorted.length - 1],
                sorted.length);
    }
}
