package io.rolecall.topology;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Condition;
import io.rolecall.detection.Confidence;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Interval;
import io.rolecall.detection.ProbeCard;
import io.rolecall.detection.Reads;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.UseHour;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Detections that fire on what is rolled up, for tests. They read a few roll-ups at a time, so that a span of time takes several
 * evaluations, as it does with many roll-ups.
 */
final class RolledUpProbes {

    static final int FAILURES = 4;
    static final int MAILBOXES = 3;

    private static final int AT_ONCE = 6;

    private static final Instant EPOCH_OF_LOGS = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant END_OF_LOGS = Instant.parse("2100-01-01T00:00:00Z");

    private RolledUpProbes() {}

    /**
     * The earliest clock hour with so many failed sign-ins of the service principal, none of its successes before them: one finding
     * an application, which moves to another hour and goes as earlier sign-ins come late.
     */
    static final class FailedSignIns implements ProbeCard.Carrying {

        private final ProbeCard card =
                RolledUpProbes.card("failed-sign-ins", Set.of(Operations.SIGN_IN), Duration.ofHours(1));

        private int evaluations;

        int evaluations() {
            return evaluations;
        }

        @Override
        public ProbeCard card() {
            return card;
        }

        @Override
        public Evaluation evaluate(DetectionInput input) {
            evaluations++;
            ApplicationHistory history = input.application();
            Part<SignInHour> part = read(
                    input.focus(),
                    ChronoUnit.HOURS,
                    (from, to) -> most -> history.signIns(from, to, most),
                    SignInHour::getHour);
            List<Finding> findings = part.read().values().stream()
                    .flatMap(hour -> burst(hour).stream())
                    .limit(1)
                    .toList();
            return new Evaluation(findings, List.of(condition(findings)), part.covered());
        }

        private static Optional<Finding> burst(List<SignInHour> hour) {
            List<SignInHour> failed =
                    hour.stream().filter(one -> failures(one) > 0).toList();
            long failures = failed.stream().mapToLong(FailedSignIns::failures).sum();
            Optional<Instant> success = hour.stream()
                    .filter(one -> one.getSuccesses() > 0)
                    .map(SignInHour::getFirst)
                    .min(Comparator.naturalOrder());
            Optional<Instant> failure =
                    failed.stream().map(SignInHour::getFirst).min(Comparator.naturalOrder());
            if (failures < FAILURES
                    || success.filter(at -> at.isBefore(failure.orElseThrow())).isPresent()) {
                return Optional.empty();
            }
            List<AppEvent> first = failed.stream()
                    .map(one -> one.getFirstEvent().orElseThrow())
                    .toList();
            return Optional.of(finding(List.of(), failures + " failed sign-ins", failures, first));
        }

        private static long failures(SignInHour hour) {
            return hour.getFailures().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** So many mailboxes read on one UTC day: one finding a day. */
    static final class MailboxesRead implements ProbeCard.Carrying {

        private final ProbeCard card =
                RolledUpProbes.card("mailboxes-read", Set.of(Operations.MAIL_ITEMS_ACCESSED), Duration.ofDays(1));

        @Override
        public ProbeCard card() {
            return card;
        }

        @Override
        public Evaluation evaluate(DetectionInput input) {
            ApplicationHistory history = input.application();
            Part<UseHour> part = read(
                    input.focus(),
                    ChronoUnit.DAYS,
                    (from, to) -> most -> history.uses(from, to, most),
                    UseHour::getHour);
            List<Finding> findings = new ArrayList<>();
            part.read().forEach((day, uses) -> {
                Map<String, AppEvent> mailboxes = new TreeMap<>();
                uses.forEach(use -> use.getMailbox()
                        .ifPresent(mailbox -> mailboxes.merge(
                                mailbox,
                                use.getFirstEvent().orElseThrow(),
                                (one, other) -> Comparator.comparing(AppEvent::getEventTime)
                                                        .thenComparing(AppEvent::getEventId)
                                                        .compare(one, other)
                                                <= 0
                                        ? one
                                        : other)));
                if (mailboxes.size() >= MAILBOXES) {
                    long items = uses.stream().mapToLong(UseHour::getItems).sum();
                    findings.add(finding(
                            List.of(day.toString()),
                            mailboxes.size() + " mailboxes read, " + items + " items",
                            mailboxes.size(),
                            List.copyOf(mailboxes.values())));
                }
            });
            return new Evaluation(findings, List.of(condition(findings)), part.covered());
        }
    }

    /** Roll-ups by hour or day, and the span of which they are all. */
    private record Part<T>(Map<Instant, List<T>> read, Interval covered) {}

    private interface Reading<T> {

        IntFunction<List<T>> between(Instant from, Instant to);
    }

    private static <T> Part<T> read(Interval focus, ChronoUnit unit, Reading<T> reading, Function<T, Instant> time) {
        Instant from = focus.from().isBefore(EPOCH_OF_LOGS)
                ? focus.from()
                : focus.from().truncatedTo(unit);
        Instant to = focus.to().isAfter(END_OF_LOGS)
                ? focus.to()
                : focus.to().truncatedTo(unit).plus(1, unit).minusNanos(1);
        for (int most = AT_ONCE; ; most *= 2) {
            List<T> read = reading.between(from, to).apply(most);
            Map<Instant, List<T>> units = new TreeMap<>();
            read.forEach(one -> units.computeIfAbsent(time.apply(one).truncatedTo(unit), start -> new ArrayList<>())
                    .add(one));
            if (read.size() < most) {
                return new Part<>(units, new Interval(from, to));
            }
            Instant last = time.apply(read.get(read.size() - 1)).truncatedTo(unit);
            units.remove(last);
            if (!units.isEmpty()) {
                return new Part<>(units, new Interval(from, last.minusNanos(1)));
            }
        }
    }

    private static Finding finding(List<String> anchor, String title, long count, List<AppEvent> first) {
        List<AppEvent> evidence = first.stream()
                .sorted(Comparator.comparing(AppEvent::getEventTime).thenComparing(AppEvent::getEventId))
                .toList();
        return new Finding(
                anchor,
                evidence.get(0).getEventTime(),
                Severity.MEDIUM,
                Confidence.HIGH,
                title,
                title + " from " + evidence.get(0).getEventTime() + " on.",
                evidence,
                count,
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    private static Condition condition(List<Finding> findings) {
        return findings.isEmpty()
                ? Condition.notMet("Enough of them", "There are not enough.", List.of())
                : Condition.met("Enough of them", "There are enough.", List.of());
    }

    private static ProbeCard card(String id, Set<String> operations, Duration window) {
        return new ProbeCard(
                id, Set.of(SubjectKind.APPLICATION), Reads.of(operations).within(window));
    }
}
