package io.rolecall.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.rolecall.policy.ExceptionMatcher;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;

/** Metrics of the process's own condition: its state, its restoration, its policy. */
final class ServiceGauges {

    private final MeterRegistry registry;
    private final Clock clock;

    ServiceGauges(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void register(Health health, WorkProgress progress, Restoration restoration, StandbyLag standbys, Policy policy) {
        Stream.concat(
                        Stream.of(Health.STARTING),
                        Stream.of(KafkaStreams.State.values()).map(Enum::name))
                .forEach(state -> Gauge.builder(
                                "rolecall.streams.state",
                                health,
                                now -> now.state().equals(state) ? 1 : 0)
                        .description("1 for the state that holds, 0 for the others")
                        .tag("state", state)
                        .register(registry));
        Gauge.builder("rolecall.tasks", progress, WorkProgress::atWork)
                .description("Tasks that are assigned to this instance and could be asked within the last minute")
                .register(registry);
        Gauge.builder("rolecall.standstill", progress, now -> now.lasting().toSeconds())
                .description(
                        "For how long records have waited without being processed, a task could not be asked or the broker"
                                + " has not answered; 0 while the work goes on, and in the first minute")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("rolecall.restore.remaining.records", restoration, Restoration::remaining)
                .description("Records of changelogs still to be read before all tasks of this process can work")
                .register(registry);
        Gauge.builder("rolecall.standby.lag.records", standbys, StandbyLag::records)
                .description("Records of changelogs that the standby tasks of this process have not read yet")
                .register(registry);
        Gauge.builder("rolecall.policy.info", () -> 1)
                .description("1, with the hash of the policy in force")
                .tag("version", policy.version())
                .register(registry);
        Gauge.builder("rolecall.policy.expired.exceptions", policy, now -> ExceptionMatcher.expired(
                                now, clock.instant())
                        .size())
                .description("Exceptions of the policy that no longer suppress anything")
                .register(registry);
        Gauge.builder("rolecall.policy.next.expiry", policy, this::secondsToNextExpiry)
                .description("Time until the next exception of the policy expires; not a number without one")
                .baseUnit("seconds")
                .register(registry);
    }

    private double secondsToNextExpiry(Policy policy) {
        Instant now = clock.instant();
        return policy.exceptions().stream()
                .map(PolicyException::expires)
                .filter(now::isBefore)
                .min(Comparator.naturalOrder())
                .map(next -> (double) Duration.between(now, next).toSeconds())
                .orElse(Double.NaN);
    }
}
