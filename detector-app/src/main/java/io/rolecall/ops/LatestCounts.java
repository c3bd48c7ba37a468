package io.rolecall.ops;

import io.rolecall.topology.ServiceCounts;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The last counters that could be read from the stores. A scrape reads them here, so that it is cheap and waits for no store; while
 * tasks move they stay as they were, since a counter that falls to nothing and rises again reads like an avalanche of events.
 */
final class LatestCounts implements Supplier<Optional<ServiceCounts>> {

    private final AtomicReference<Optional<ServiceCounts>> latest = new AtomicReference<>(Optional.empty());

    /** Reads the stores, if they can be read now. */
    void refresh(KafkaStreams streams) {
        if (streams.state() != KafkaStreams.State.RUNNING) {
            return;
        }
        ServiceCounts counts = ServiceCounts.read(streams);
        if (streams.state() == KafkaStreams.State.RUNNING) {
            latest.set(Optional.of(counts));
        }
    }

    /** Sets what was read. */
    void set(ServiceCounts counts) {
        latest.set(Optional.of(counts));
    }

    @Override
    public Optional<ServiceCounts> get() {
        return Objects.requireNonNull(latest.get());
    }
}
