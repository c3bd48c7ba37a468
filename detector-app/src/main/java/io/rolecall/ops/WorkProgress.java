package io.rolecall.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the tasks of this instance get on. The state of Kafka Streams does not tell: RUNNING it may wait for ever for a commit, and
 * REBALANCING for offsets that an open transaction holds. Here it counts whether the broker answers, whether every assigned task can
 * be asked, and whether what waits for a task is processed. What has lasted for less than a minute passes: rebalances do. Safe for use
 * by several threads.
 */
final class WorkProgress {

    /** How long a task may stand still, at least. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What keeps a task from being asked, as far as that can be told from here. */
    static final String WHY =
            "tasks are being assigned, their state is being rebuilt, or the broker does not let them begin";

    /** Of the time between two answers of the broker so much counts. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Clock clock;
    private final Duration patience;
    private final AtomicReference<Known> known;

    /**
     * A task that is assigned.
     *
     * @param answers whether it can be asked
     */
    record Task(String id, boolean answers) {}

    /**
     * What the broker says of the input of one task.
     *
     * @param read offsets that the group has committed, added up
     * @param unread records that wait behind them
     */
    record Input(long read, long unread) {}

    /**
     * Something that is not as it should be.
     *
     * @param since when it began, as far as is known
     * @param reason in a sentence
     */
    record Trouble(Instant since, String reason) {}

    /**
     * Everything.
     *
     * @param heard when the broker last answered
     * @param settled whether it is known which tasks are assigned now
     * @param covered when there last was a task, here or, as far as is known, elsewhere
     * @param others whether other members of the group have tasks; true until it is known
     */
    private record Known(
            Instant heard, boolean settled, Instant covered, boolean others, Map<String, TaskStanding> tasks) {

        static Known nothing(Instant now) {
            return new Known(now, false, now, true, Map.of());
        }
    }

    /**
     * Nothing known yet, and all well.
     *
     * @param commitInterval of Kafka Streams: what is processed shows when it is committed
     */
    WorkProgress(Clock clock, Duration commitInterval) {
        this.clock = clock;
        Duration twice = commitInterval.multipliedBy(2);
        this.patience = twice.compareTo(PATIENCE) > 0 ? twice : PATIENCE;
        this.known = new AtomicReference<>(Known.nothing(clock.instant()));
    }

    /** Nothing can be said before the work begins. */
    void waitForBeginning() {
        known.set(Known.nothing(clock.instant()));
    }

    /**
     * The tasks that are assigned.
     *
     * @param settled whether these are all; else they are those of the last time, and none means that none has been open yet
     */
    void assigned(List<Task> tasks, boolean settled) {
        Instant now = clock.instant();
        known.updateAndGet(before -> {
            Map<String, TaskStanding> after = new TreeMap<>();
            for (Task task : tasks) {
                TaskStanding standing = before.tasks().getOrDefault(task.id(), TaskStanding.begins(now));
                after.put(task.id(), task.answers() ? standing.answering(now) : standing);
            }
            boolean covered = !after.isEmpty() || (settled && before.others());
            return new Known(before.heard(), settled, covered ? now : before.covered(), before.others(), after);
        });
    }

    /**
     * The broker has answered.
     *
     * @param others whether other members of the consumer group have tasks; empty while the group does not know
     * @param inputs by task; what is not known of a task stays as it was
     */
    void heard(Optional<Boolean> others, Map<String, Input> inputs) {
        Instant now = clock.instant();
        known.updateAndGet(before -> {
            // While the broker is silent nobody knows what waits; what came meanwhile has not waited for so long.
            Duration unheard = Duration.between(before.heard(), now).minus(LOOK);
            Map<String, TaskStanding> after = new TreeMap<>(before.tasks());
            after.replaceAll((id, standing) -> standing.with(inputs.getOrDefault(id, standing.input()), now, unheard));
            return new Known(now, before.settled(), before.covered(), others.orElse(before.others()), after);
        });
    }

    /** Why nothing is processed, or not everything; the first of several. Empty while all is well. */
    Optional<Trouble> trouble() {
        Known now = Objects.requireNonNull(known.get());
        return silence(now)
                .or(() -> idle(now))
                .or(() -> beginning(now))
                .or(() -> closed(now))
                .or(() -> standstill(now));
    }

    /** For how long the trouble lasts; zero while there is none. */
    Duration lasting() {
        return trouble()
                .map(trouble -> Duration.between(trouble.since(), clock.instant()))
                .orElse(Duration.ZERO);
    }

    /** How many tasks are assigned to this instance and at work, as far as can be told. */
    long atWork() {
        Instant now = clock.instant();
        return Objects.requireNonNull(known.get()).tasks().values().stream()
                .filter(task -> !isOver(task.answered(), now))
                .count();
    }

    private Optional<Trouble> silence(Known now) {
        return over(now.heard())
                .map(lasted -> new Trouble(
                        now.heard(),
                        "the broker has not answered for " + lasted.toSeconds()
                                + " seconds, and nothing can be processed without it"));
    }

    private Optional<Trouble> beginning(Known now) {
        return over(now.covered())
                .map(lasted -> new Trouble(
                        now.covered(),
                        "no task of this instance has been open for " + lasted.toSeconds() + " seconds: " + WHY));
    }

    private Optional<Trouble> closed(Known now) {
        return Overdue.of(now.tasks(), TaskStanding::answered, this::over)
                .map(worst -> new Trouble(
                        worst.since(),
                        worst.tasks() + " could not be asked for "
                                + worst.lasted().toSeconds()
                                + " seconds: " + WHY));
    }

    private Optional<Trouble> standstill(Known now) {
        return Overdue.of(now.tasks(), TaskStanding::moved, this::over)
                .map(worst -> new Trouble(
                        worst.since(),
                        worst.unread() + " records wait for " + worst.tasks()
                                + ", and none of them has been processed for "
                                + worst.lasted().toSeconds() + " seconds"));
    }

    private static Optional<Trouble> idle(Known now) {
        return now.settled() && now.tasks().isEmpty() && !now.others()
                ? Optional.of(new Trouble(
                        now.covered(),
                        "no task is assigned to this instance, and no other member of its consumer group has any"))
                : Optional.empty();
    }

    /** How long it has been, when that is too long. */
    private Optional<Duration> over(Instant last) {
        Instant now = clock.instant();
        return isOver(last, now) ? Optional.of(Duration.between(last, now)) : Optional.empty();
    }

    private boolean isOver(Instant last, Instant now) {
        return !now.isBefore(last.plus(patience));
    }
}
