package io.rolecall.alert;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.schema.SignInSummary;
import io.rolecall.schema.state.SignInHour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sign-ins of an application, and of users to it, from the day before the deciding events to the seventh day after them. */
final class SignInReport {

    static final Duration BEFORE = Duration.ofDays(1);
    static final Duration AFTER = Duration.ofDays(7);
    static final int MOST_HOURS = 192;

    private static final int MOST_LISTED = 20;

    private SignInReport() {}

    static Optional<SignInSummary> between(ApplicationHistory history, Instant from, Instant to) {
        List<SignInHour> hours = history.signIns(from, to, MOST_HOURS);
        if (hours.isEmpty()) {
            return Optional.empty();
        }
        long successes = 0;
        long interrupted = 0;
        Map<String, Long> errors = new TreeMap<>();
        Set<String> places = new TreeSet<>();
        Set<String> credentials = new TreeSet<>();
        for (SignInHour hour : hours) {
            successes += hour.getSuccesses();
            interrupted += hour.getInterrupted();
            hour.getFailures().forEach((code, count) -> errors.merge(code, count, Long::sum));
            place(hour).ifPresent(places::add);
            DisplayNames.firstOf(hour.getCredentialKeyId(), hour.getCredentialType())
                    .ifPresent(credentials::add);
        }
        return Optional.of(SignInSummary.newBuilder()
                .setSuccesses(successes)
                .setFailures(errors.values().stream().mapToLong(Long::longValue).sum())
                .setInterrupted(interrupted)
                .setFirst(Micros.of(hours.stream()
                        .map(SignInHour::getFirst)
                        .min(Instant::compareTo)
                        .orElseThrow()))
                .setLast(Micros.of(hours.stream()
                        .map(SignInHour::getLast)
                        .max(Instant::compareTo)
                        .orElseThrow()))
                .setPlaces(places.stream().limit(MOST_LISTED).toList())
                .setCredentials(credentials.stream().limit(MOST_LISTED).toList())
                .setErrorCodes(errors.entrySet().stream()
                        .map(error -> error.getKey() + " x " + error.getValue())
                        .limit(MOST_LISTED)
                        .toList())
                .build());
    }

    /** Country and address, as far as the log has them. */
    private static Optional<String> place(SignInHour hour) {
        if (hour.getCountry().isPresent() && hour.getIp().isPresent()) {
            return Optional.of(hour.getCountry().get() + " " + hour.getIp().get());
        }
        return DisplayNames.firstOf(hour.getCountry(), hour.getIp());
    }
}
