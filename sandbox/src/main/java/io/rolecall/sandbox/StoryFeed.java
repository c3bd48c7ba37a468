package io.rolecall.sandbox;

import io.rolecall.config.Topics;
import io.rolecall.sandbox.story.Envelope;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Produces a story into the raw topics in the order of its delivery, each source to its own topic, some records alone and some in
 * batches, as the envelopes of the sources are. A day takes a while, and each act of an attack a little longer, so that it can be
 * followed.
 */
final class StoryFeed {

    private static final int BATCH = 20;
    private static final Duration BURST = Duration.ofMinutes(10);

    private final Story story;
    private final DemoSettings settings;
    private final Map<String, String> topics;
    private final Producer<byte[], byte[]> producer;
    private final Map<Envelope, List<String>> batches = new EnumMap<>(Envelope.class);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long records;

    /** Goes along with the days of the story. */
    interface Days {

        /**
         * A day begins; it waits for this.
         *
         * @param records how many were fed so far, all of them on the broker
         */
        void begins(LocalDate day, long records) throws InterruptedException;
    }

    StoryFeed(Story story, DemoSettings settings, Topics topics, Producer<byte[], byte[]> producer) {
        this.story = story;
        this.settings = settings;
        this.topics = Map.of(
                "entra-audit", topics.entraAudit(),
                "entra-sign-in", topics.entraSignIn(),
                "azure-activity", topics.azureActivity(),
                "m365-audit", topics.m365Audit());
        this.producer = producer;
    }

    /**
     * Feeds all of it, and returns when the broker has it.
     *
     * @param onDay called before the first record of a day
     * @return number of records
     * @throws KafkaException when the broker does not take a record
     */
    long run(Days onDay) throws InterruptedException {
        Set<String> attacks = attacks();
        Set<Instant> followed = new HashSet<>();
        Iterator<StoryEvent> events = story.events().iterator();
        LocalDate day = LocalDate.MIN;
        long dayStarted = System.nanoTime();
        while (events.hasNext()) {
            StoryEvent event = events.next();
            LocalDate date = day(event.time());
            if (date.isAfter(day)) {
                endDay(dayStarted);
                day = date;
                onDay.begins(day, records);
                dayStarted = System.nanoTime();
            }
            if (attacks.contains(event.json()) && followed.add(ofBurst(event.time()))) {
                batches.keySet().forEach(this::flush);
                pause(settings.pause());
            }
            add(event);
        }
        batches.keySet().forEach(this::flush);
        producer.flush();
        check();
        return records;
    }

    /** What the attackers do; signing in, which applications do all day, is not told apart from the background. */
    private Set<String> attacks() {
        return Story.generate(settings.story().withNoisePerDay(0), Story::isAttack)
                .events()
                .filter(event -> !event.envelope().source().equals("entra-sign-in"))
                .map(StoryEvent::json)
                .collect(Collectors.toSet());
    }

    /** What comes together, such as the mails of some minutes or the copies of one act in two logs, is followed together. */
    private static Instant ofBurst(Instant time) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), BURST.toSeconds()) * BURST.toSeconds());
    }

    private void endDay(long started) throws InterruptedException {
        batches.keySet().forEach(this::flush);
        producer.flush();
        check();
        pause(settings.day().minusNanos(System.nanoTime() - started));
    }

    private static void pause(Duration duration) throws InterruptedException {
        if (duration.compareTo(Duration.ZERO) > 0) {
            Thread.sleep(duration.toMillis(), (int) (duration.toNanos() % 1_000_000));
        }
    }

    private void add(StoryEvent event) {
        records++;
        Envelope envelope = event.envelope();
        if (!isBatched(envelope)) {
            send(envelope, event.json());
            return;
        }
        List<String> batch = batches.computeIfAbsent(envelope, key -> new ArrayList<>());
        batch.add(event.json());
        if (batch.size() >= BATCH) {
            flush(envelope);
        }
    }

    private static boolean isBatched(Envelope envelope) {
        return switch (envelope) {
            case ENTRA_AUDIT_RECORDS, SIGN_IN_RECORDS, ENTRA_AUDIT_GRAPH_PAGE, AZURE_REST, M365_BLOB -> true;
            case ENTRA_AUDIT_DIAGNOSTIC,
                    ENTRA_AUDIT_LOG_ANALYTICS,
                    M365_RECORD,
                    M365_SEARCH_EXPORT,
                    SIGN_IN_DIAGNOSTIC,
                    AZURE_RECORDS -> false;
        };
    }

    private void flush(Envelope envelope) {
        List<String> batch = batches.getOrDefault(envelope, List.of());
        if (batch.isEmpty()) {
            return;
        }
        String list = "[" + String.join(",", batch) + "]";
        batch.clear();
        send(
                envelope,
                switch (envelope) {
                    case M365_BLOB -> list;
                    case ENTRA_AUDIT_GRAPH_PAGE, AZURE_REST -> "{\"value\":" + list + "}";
                    default -> "{\"records\":" + list + "}";
                });
    }

    private void send(Envelope envelope, String json) {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(new ProducerRecord<>(topics.get(envelope.source()), value), (metadata, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            }
        });
    }

    private void check() {
        Exception error = failure.get();
        if (error != null) {
            throw new KafkaException("The story could not be produced: " + error.getMessage(), error);
        }
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
