package io.rolecall.alert;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.PersonalUse;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Details;
import io.rolecall.event.SignIns;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.SignInSummary;
import io.rolecall.schema.state.SignInHour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Sign-ins from the day before the deciding events to the seventh day after them: those of an application and of users to it, of which
 * there may be so many more that they are read apart; of a person the first from each network that was new to them.
 */
final class SignInReport {

    static final Duration BEFORE = Duration.ofDays(1);
    static final Duration AFTER = Duration.ofDays(7);

    /** Most roll-ups that are read, of the application's own sign-ins and of all of them each. */
    static final int MOST_HOURS = 128;

    private static final int MOST_LISTED = 20;

    private final List<SignInHour> own;
    private final List<SignInHour> all;
    private final List<String> limits = new ArrayList<>();

    private SignInReport(List<SignInHour> own, List<SignInHour> all) {
        this.own = own;
        this.all = all;
    }

    /** Those of an application. */
    static SignInReport of(ApplicationHistory history, Instant first, Instant last) {
        Instant from = Facts.day(first.minus(BEFORE));
        Instant to = Surroundings.endOfDay(last.plus(AFTER));
        List<SignInHour> own = history.ownSignIns(from, to, MOST_HOURS);
        List<SignInHour> both = history.signIns(from, to, MOST_HOURS);
        SignInReport report = new SignInReport(
                own,
                Stream.concat(own.stream(), both.stream().filter(hour -> !SignIns.isOfApplication(hour.getKind())))
                        .toList());
        if (own.size() == MOST_HOURS || both.size() == MOST_HOURS) {
            report.limits.add("there were more sign-ins than are counted here, which are the earliest");
        }
        return report;
    }

    /**
     * Those of a person.
     *
     * @param personal the first sign-in or use from each new network, by time
     */
    static Optional<SignInSummary> ofPerson(List<PersonalUse> personal) {
        List<AppEvent> signIns = personal.stream()
                .map(PersonalUse::first)
                .filter(event -> Details.of(event, SignIn.class).isPresent())
                .toList();
        if (signIns.isEmpty()) {
            return Optional.empty();
        }
        Set<String> places = new TreeSet<>();
        signIns.forEach(event -> place(
                        Details.of(event, SignIn.class).flatMap(SignIn::getCountry),
                        event.getActor().getIp())
                .ifPresent(places::add));
        return Optional.of(SignInSummary.newBuilder()
                .setSuccesses(signIns.size())
                .setFailures(0)
                .setFirst(Micros.of(signIns.get(0).getEventTime()))
                .setLast(Micros.of(signIns.get(signIns.size() - 1).getEventTime()))
                .setPlaces(places.stream().limit(MOST_LISTED).toList())
                .setLimits(List.of(
                        "of a person, only the first sign-in from each network that was new to them is counted"))
                .build());
    }

    /** The numbers; empty when there was none. */
    Optional<SignInSummary> summary() {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> errors = errors(all);
        Set<String> places = new TreeSet<>();
        Set<String> credentials = new TreeSet<>();
        for (SignInHour hour : all) {
            place(hour).ifPresent(places::add);
            DisplayNames.firstOf(hour.getCredentialKeyId(), hour.getCredentialType())
                    .ifPresent(credentials::add);
        }
        return Optional.of(SignInSummary.newBuilder()
                .setSuccesses(successes(all))
                .setFailures(sum(errors))
                .setInterrupted(
                        all.stream().mapToLong(SignInHour::getInterrupted).sum())
                .setFirst(Micros.of(all.stream()
                        .map(SignInHour::getFirst)
                        .min(Instant::compareTo)
                        .orElseThrow()))
                .setLast(Micros.of(all.stream()
                        .map(SignInHour::getLast)
                        .max(Instant::compareTo)
                        .orElseThrow()))
                .setPlaces(places.stream().limit(MOST_LISTED).toList())
                .setCredentials(credentials.stream().limit(MOST_LISTED).toList())
                .setErrorCodes(errors.entrySet().stream()
                        .map(error -> error.getKey() + " x " + error.getValue())
                        .limit(MOST_LISTED)
                        .toList())
                .setOwnSuccesses(successes(own))
                .setOwnFailures(sum(errors(own)))
                .setBusiestHour(busiestHour())
                .setLimits(limits)
                .build());
    }

    /** Those of the application itself. */
    List<SignInHour> own() {
        return own;
    }

    /** The first successful sign-in of the application with each key, by key id in lower case. */
    Map<String, SignInHour> byKey() {
        Map<String, SignInHour> keys = new TreeMap<>();
        own.stream()
                .filter(hour -> hour.getSuccesses() > 0)
                .sorted(Comparator.comparing(SignInHour::getFirst)
                        .thenComparing(hour -> hour.getIp().orElse("")))
                .forEach(hour -> hour.getCredentialKeyId().ifPresent(key -> keys.putIfAbsent(key, hour)));
        return keys;
    }

    static Optional<String> place(SignInHour hour) {
        return place(hour.getCountry(), hour.getIp());
    }

    private long busiestHour() {
        Map<Instant, Long> hours = new TreeMap<>();
        own.forEach(hour -> hours.merge(hour.getHour(), hour.getSuccesses(), Long::sum));
        return hours.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private static long successes(List<SignInHour> hours) {
        return hours.stream().mapToLong(SignInHour::getSuccesses).sum();
    }

    private static Map<String, Long> errors(List<SignInHour> hours) {
        Map<String, Long> errors = new TreeMap<>();
        hours.forEach(hour -> hour.getFailures().forEach((code, count) -> errors.merge(code, count, Long::sum)));
        return errors;
    }

    private static long sum(Map<String, Long> errors) {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Country and address, as far as the log has them. */
    private static Optional<String> place(Optional<String> country, Optional<String> ip) {
        return country.isPresent() && ip.isPresent()
                ? Optional.of(country.get() + " " + ip.get())
                : DisplayNames.firstOf(country, ip);
    }
}
