package io.rolecall.ops;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * Whether the process is alive and whether it does its work. Both follow the state of Kafka Streams and nothing else: a broker that
 * cannot be reached is no reason to restart this process, which resumes by itself when the broker is back.
 */
public final class Health implements KafkaStreams.StateListener {

    /** The state before Kafka Streams exists: topics and registry are being checked. */
    static final String STARTING = "STARTING";

    private final Clock clock;
    private final Supplier<Map<String, ?>> details;
    private final AtomicReference<Condition> condition;

    /** State of Kafka Streams, or STARTING, since when, and what led to it if something went wrong. */
    private record Condition(
            String state, Instant since, @Nullable String reason, IntSupplier activeTasks) {}

    /**
     * Starting.
     *
     * @param clock tells since when a state holds
     * @param details what readiness says beyond the state; asked at each request
     */
    public Health(Clock clock, Supplier<Map<String, ?>> details) {
        this.clock = clock;
        this.details = details;
        this.condition = new AtomicReference<>(new Condition(STARTING, clock.instant(), null, () -> 0));
    }

    /** Asks these streams for their active tasks from now on. */
    public void watch(KafkaStreams streams) {
        watch(streams.state(), () -> activeTasks(streams));
    }

    void watch(KafkaStreams.State state, IntSupplier activeTasks) {
        change(now -> new Condition(state.name(), clock.instant(), now.reason(), activeTasks));
    }

    @Override
    public void onChange(KafkaStreams.State newState, KafkaStreams.State oldState) {
        change(now -> new Condition(newState.name(), clock.instant(), now.reason(), now.activeTasks()));
    }

    /** Notes why the service cannot go on, in a sentence for people; the state says when it stops. */
    public void failed(String reason) {
        change(now -> new Condition(now.state(), now.since(), reason, now.activeTasks()));
    }

    /** The state of Kafka Streams, or STARTING. */
    public String state() {
        return now().state();
    }

    /** 200 as long as the process is worth keeping, 503 once it can only be started anew. */
    public Page liveness() {
        return switch (now().state()) {
            case "ERROR", "PENDING_ERROR", "NOT_RUNNING" -> page(503, "dead", Map.of());
            default -> page(200, "alive", Map.of());
        };
    }

    /** 200 when events are processed: RUNNING, or REBALANCING while some tasks go on; else 503. */
    public Page readiness() {
        return isReady() ? page(200, "ready", details.get()) : page(503, "not-ready", details.get());
    }

    private boolean isReady() {
        Condition now = now();
        return switch (now.state()) {
            case "RUNNING" -> true;
            case "REBALANCING" -> now.activeTasks().getAsInt() > 0;
            default -> false;
        };
    }

    private Page page(int status, String verdict, Map<String, ?> more) {
        Condition now = now();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", verdict);
        fields.put("state", now.state());
        fields.put("since", now.since().toString());
        if (now.reason() != null) {
            fields.put("reason", now.reason());
        }
        fields.putAll(more);
        return Page.json(status, fields);
    }

    private Condition now() {
        return Objects.requireNonNull(condition.get());
    }

    private void change(UnaryOperator<Condition> next) {
        condition.updateAndGet(next);
    }

    private static int activeTasks(KafkaStreams streams) {
        try {
            return streams.metadataForLocalThreads().stream()
                    .mapToInt(thread -> thread.activeTasks().size())
                    .sum();
        } catch (IllegalStateException e) {
            return 0; // the streams have left REBALANCING for a state in which they do not answer
        }
    }
}
