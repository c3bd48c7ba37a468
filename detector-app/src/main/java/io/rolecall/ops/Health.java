package io.rolecall.ops;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * Whether the process is alive and whether it does its work. Liveness follows the state of Kafka Streams and nothing else: a broker
 * that cannot be reached is no reason to restart this process, which resumes by itself when the broker is back. Readiness asks also
 * whether the work goes on.
 */
public final class Health implements KafkaStreams.StateListener {

    /** The state before Kafka Streams exists: topics and registry are being checked. */
    static final String STARTING = "STARTING";

    private static final String BEGINNING = "no task of this instance is open yet: " + WorkProgress.WHY;

    private final Clock clock;
    private final Supplier<Optional<String>> trouble;
    private final Supplier<Map<String, ?>> details;
    private final AtomicReference<Condition> condition;

    /** State of Kafka Streams, or STARTING, since when, and what led to it if something went wrong. */
    private record Condition(
            String state, Instant since, @Nullable String reason, IntSupplier activeTasks) {}

    /**
     * Starting.
     *
     * @param clock tells since when a state holds
     * @param trouble why nothing is processed, or not everything, though the state would allow it; asked at each request
     * @param details what readiness says beyond the state; asked at each request
     */
    public Health(Clock clock, Supplier<Optional<String>> trouble, Supplier<Map<String, ?>> details) {
        this.clock = clock;
        this.trouble = trouble;
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
            case "ERROR", "PENDING_ERROR", "NOT_RUNNING" -> page(503, "dead", Optional.empty(), Map.of());
            default -> page(200, "alive", Optional.empty(), Map.of());
        };
    }

    /**
     * 200 when the work goes on: RUNNING, or REBALANCING while some tasks go on, and nothing in the way; else 503 with the reason. An
     * instance whose share of the work is nothing is ready, too.
     */
    public Page readiness() {
        Optional<String> obstacle = obstacle();
        return page(
                obstacle.isEmpty() ? 200 : 503, obstacle.isEmpty() ? "ready" : "not-ready", obstacle, details.get());
    }

    /** Why it is not ready, in a sentence. */
    private Optional<String> obstacle() {
        Condition now = now();
        return switch (now.state()) {
            case "RUNNING" -> trouble.get();
            case "REBALANCING" ->
                now.activeTasks().getAsInt() > 0 ? trouble.get() : trouble.get().or(() -> Optional.of(BEGINNING));
            case STARTING -> Optional.of("topics and registry are being checked");
            case "CREATED" -> Optional.of("the networks are being read");
            case "PENDING_SHUTDOWN" -> Optional.of("it is being stopped");
            default -> Optional.of("it has ended");
        };
    }

    private Page page(int status, String verdict, Optional<String> obstacle, Map<String, ?> more) {
        Condition now = now();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", verdict);
        fields.put("state", now.state());
        fields.put("since", now.since().toString());
        Optional.ofNullable(now.reason()).or(() -> obstacle).ifPresent(reason -> fields.put("reason", reason));
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
