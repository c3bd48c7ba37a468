package io.rolecall.detection.read;

import io.rolecall.detection.Finding;
import io.rolecall.event.Actors;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What every detection does with facts: order them, choose the evidence, put them into words. */
public final class Facts {

    /** The one order in which facts are looked at wherever a choice is made: event time, then event id. */
    public static final Comparator<AppEvent> ORDER =
            Comparator.comparing(AppEvent::getEventTime).thenComparing(AppEvent::getEventId);

    /** Within this, an act with whole seconds (the unified audit log's) and one with finer times have no order. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /** The same where the order of the logs is trusted: what the unified audit log cuts off. */
    private static final Duration LOGGED_SKEW = Duration.ofSeconds(1);

    private Facts() {}

    public static boolean succeeded(AppEvent fact) {
        return fact.getOutcome().equals("success");
    }

    public static boolean is(AppEvent fact, String operation) {
        return fact.getOperation().equals(operation);
    }

    /** The earliest {@link Finding#MOST_EVIDENCE} of the facts, each once, in order. */
    public static List<AppEvent> evidence(Collection<AppEvent> facts) {
        return distinct(facts).stream().limit(Finding.MOST_EVIDENCE).toList();
    }

    /** The facts in order, each event id once. */
    public static List<AppEvent> distinct(Collection<AppEvent> facts) {
        Map<String, AppEvent> byId = new LinkedHashMap<>();
        facts.stream().sorted(ORDER).forEach(fact -> byId.putIfAbsent(fact.getEventId(), fact));
        return List.copyOf(byId.values());
    }

    /**
     * Whether an act happened after another one or at the same time, as far as the logs can tell: one with whole seconds only may
     * have happened anywhere in its second.
     */
    static boolean notBefore(AppEvent later, AppEvent earlier) {
        Instant time = later.getEventTime();
        if (time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
            return !time.isBefore(earlier.getEventTime().truncatedTo(ChronoUnit.SECONDS));
        }
        return !time.isBefore(earlier.getEventTime());
    }

    /**
     * Whether two times have no order: one has whole seconds, as the unified audit log has them, the other finer ones, and they
     * lie within {@link #CLOCK_SKEW}.
     */
    static boolean unordered(Instant one, Instant other) {
        return unordered(one, other, CLOCK_SKEW);
    }

    private static boolean unordered(Instant one, Instant other, Duration within) {
        boolean oneIsWhole = one.equals(one.truncatedTo(ChronoUnit.SECONDS));
        boolean otherIsWhole = other.equals(other.truncatedTo(ChronoUnit.SECONDS));
        return oneIsWhole != otherIsWhole && Duration.between(one, other).abs().compareTo(within) <= 0;
    }

    /** Whether the first may have happened before the second or at the same time, as far as the logs can tell. */
    public static boolean mayPrecede(Instant first, Instant second) {
        return !first.isAfter(second) || unordered(first, second);
    }

    /**
     * Whether the first happened before the second or at the same time, as they are logged: between whole seconds and finer times up
     * to a second the other way counts too, since whole seconds are cut.
     */
    public static boolean inLoggedOrder(Instant first, Instant second) {
        return !first.isAfter(second) || unordered(first, second, LOGGED_SKEW);
    }

    /** Whether the first happened before the second, whatever the logs cannot tell. */
    public static boolean surelyBefore(Instant first, Instant second) {
        return first.isBefore(second) && !unordered(first, second);
    }

    /** Whether the later time lies in [earlier, earlier + span], both ends included, as far as the logs can tell. */
    public static boolean isWithin(Instant later, Instant earlier, Duration span) {
        return mayPrecede(earlier, later) && mayPrecede(later, earlier.plus(span));
    }

    /**
     * Whether two acts are of one click: an amended grant is logged as one that is added and one that is removed, which together
     * are one change and no removal.
     */
    static boolean ofOneClick(AppEvent one, AppEvent other) {
        return one.getCorrelationId().isPresent()
                && one.getCorrelationId().equals(other.getCorrelationId())
                && Duration.between(one.getEventTime(), other.getEventTime())
                                .abs()
                                .compareTo(CLOCK_SKEW)
                        <= 0;
    }

    static boolean sameActor(AppEvent one, AppEvent other) {
        return !Collections.disjoint(Actors.keys(one.getActor()), Actors.keys(other.getActor()));
    }

    /** Name of an actor for sentences: name, else id, else the kind of actor. */
    public static String actor(AppEvent fact) {
        Actor actor = fact.getActor();
        return actor.getName()
                .or(actor::getId)
                .or(actor::getServicePrincipalId)
                .orElse(actor.getType().equals("unknown") ? "an unknown actor" : "an unnamed " + actor.getType());
    }

    /** A time for sentences: UTC, whole seconds. */
    public static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A length of time for sentences: whole days from two days on, then hours, minutes, seconds. */
    public static String length(Duration length) {
        Duration positive = length.abs();
        if (positive.compareTo(Duration.ofDays(2)) >= 0) {
            return positive.toDays() + " days";
        }
        if (positive.compareTo(Duration.ofHours(2)) >= 0) {
            return positive.toHours() + " hours";
        }
        return positive.compareTo(Duration.ofMinutes(2)) >= 0
                ? positive.toMinutes() + " minutes"
                : positive.toSeconds() + " seconds";
    }

    /** A text with its first letter in upper case. */
    public static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** Start of the UTC day of a time. */
    public static Instant day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toInstant();
    }

    /** The same; of a time before all events, that time. */
    public static Instant dayOrEarliest(Instant time) {
        return time.isBefore(Instant.EPOCH) ? Instant.MIN : day(time);
    }

    /** The first few of some texts, and how many more there are: {@code a, b and 3 more}. */
    public static String first(int most, List<String> texts) {
        String told = texts.stream().limit(most).collect(Collectors.joining(", "));
        return texts.size() > most ? told + " and " + (texts.size() - most) + " more" : told;
    }

    /** A count with its noun: {@code 1 user}, {@code 3 users}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
