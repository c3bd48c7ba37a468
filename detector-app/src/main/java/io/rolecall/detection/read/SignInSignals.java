package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BusyHour;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.FirstUse;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.memory.HourCount;
import io.rolecall.detection.memory.Memory;
import io.rolecall.network.AddressTable;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.state.SignInHour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What of an application's own sign-ins its memory calls out of the ordinary: first uses, whatever came before them, and hours that
 * were busier than any of the {@value HourCount#KEPT_DAYS} days before.
 */
public final class SignInSignals {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration USUAL = Duration.ofDays(HourCount.KEPT_DAYS);

    /** Most roll-ups of one hour that are read as evidence. */
    private static final int EVIDENCE = 64;

    private static final Instant NEVER = Instant.parse("2200-01-01T00:00:00Z");

    private final ApplicationHistory history;
    private final Memory memory;
    private final Instant from;
    private final List<Signal> found = new ArrayList<>();

    /** What is out of the ordinary. */
    public enum Kind {
        COUNTRY("country"),
        NETWORK("network"),
        CREDENTIAL_TYPE("credential type"),
        RESOURCE("resource"),
        FAILURES("failures"),
        FREQUENCY("sign-ins");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }

        /** For titles. */
        public String title() {
            return switch (this) {
                case FAILURES -> "burst of failures";
                case FREQUENCY -> "burst of sign-ins";
                default -> "new " + noun;
            };
        }

        /** Whether it is an hour, and no value used first. */
        public boolean isHour() {
            return this == FAILURES || this == FREQUENCY;
        }
    }

    /**
     * One signal.
     *
     * @param value the value as it is remembered; empty of an hour
     * @param acts the sign-ins that show it, by time: the first use, or some of the hour, its first among them
     * @param until event time of the latest of them
     * @param number sign-ins or failures of the hour; 0 of a value
     * @param usual the most in an hour of the 45 days before; 0 of a value
     * @param hasBaseline whether there was a baseline before it, and the log had told of the dimension for as long
     */
    public record Signal(
            Kind kind, String value, List<AppEvent> acts, Instant until, long number, long usual, boolean hasBaseline) {

        public AppEvent act() {
            return acts.get(0);
        }

        public Instant time() {
            return act().getEventTime();
        }

        /** For sentences: {@code new country BR}, {@code 120 sign-ins in an hour, at most 4 before}. */
        public String label() {
            return kind.isHour()
                    ? number + " " + kind.noun + " in the hour from " + Facts.time(hour()) + ", at most " + usual
                            + " an hour in the 45 days before"
                    : "new " + kind.noun + " " + (kind == Kind.RESOURCE ? resource() : value);
        }

        private Instant hour() {
            return Instant.ofEpochSecond(time().getEpochSecond() / HOUR.toSeconds() * HOUR.toSeconds());
        }

        private String resource() {
            return act().getDetails().orElse(null) instanceof SignIn signIn
                    ? signIn.getResourceName().map(name -> "'" + name + "'").orElse(value)
                    : value;
        }
    }

    private SignInSignals(ApplicationHistory history, Instant from) {
        this.history = history;
        this.memory = history.memory();
        this.from = from;
    }

    /**
     * All from a time on, by time.
     *
     * @param networks the organisation's
     * @param failures least failures of an hour to be told
     * @param floor least sign-ins of an hour to be told
     */
    public static List<Signal> of(
            ApplicationHistory history, AddressTable networks, Instant from, int failures, int floor) {
        SignInSignals signals = new SignInSignals(history, from);
        ActivitySource own = ActivitySource.SERVICE_PRINCIPAL_SIGN_INS;
        ActivitySource managed = ActivitySource.MANAGED_IDENTITY_SIGN_INS;
        signals.values(own, Kind.COUNTRY, Dimension.COUNTRY);
        signals.networks(own, networks);
        signals.values(own, Kind.CREDENTIAL_TYPE, Dimension.CREDENTIAL_TYPE);
        signals.values(own, Kind.RESOURCE, Dimension.RESOURCE);
        signals.values(managed, Kind.RESOURCE, Dimension.RESOURCE);
        signals.hours(own, failures, floor);
        signals.hours(managed, Integer.MAX_VALUE, floor);
        return signals.found.stream()
                .sorted(Comparator.comparing(Signal::act, Facts.ORDER).thenComparing(Signal::kind))
                .toList();
    }

    /** The sign-in with which a value was first used, while the history holds it. */
    public static Optional<AppEvent> act(ApplicationHistory history, FirstUse use) {
        return history.ownSignIn(use.at(), use.eventId()).flatMap(SignInHour::getFirstEvent);
    }

    private void values(ActivitySource source, Kind kind, Dimension dimension) {
        FirstUses uses = memory.firstUses(source, dimension);
        uses.uses().forEach(use -> value(source, kind, uses, use));
    }

    private void value(ActivitySource source, Kind kind, FirstUses known, FirstUse use) {
        if (use.at().isBefore(from)) {
            return;
        }
        boolean baseline = memory.baseline(source).isReachedBefore(use.at()) && known.isEstablishedBefore(use.at());
        act(history, use)
                .ifPresent(act -> found.add(new Signal(kind, use.value(), List.of(act), use.at(), 0, 0, baseline)));
    }

    /**
     * Networks: the autonomous system, as long as every sign-in had one until then; from the first one without on, the /24 or /48.
     * The first that is not the organisation's is one in any case.
     */
    private void networks(ActivitySource source, AddressTable networks) {
        FirstUses systems = memory.firstUses(source, Dimension.AUTONOMOUS_SYSTEM);
        FirstUses blocks = memory.firstUses(source, Dimension.NETWORK);
        Optional<FirstUse> none = systems.of(Dimension.NONE);
        systems.uses().stream()
                .filter(use -> none.filter(without -> FirstUse.ORDER.compare(without, use) <= 0)
                        .isEmpty())
                .forEach(use -> value(source, Kind.NETWORK, systems, use));
        blocks.uses().stream()
                .filter(use -> none.filter(without -> notAfter(without, use)).isPresent())
                .forEach(use -> value(source, Kind.NETWORK, blocks, use));
        ForeignNetworks.first(blocks, networks)
                .filter(use -> none.filter(without -> notAfter(without, use)).isEmpty())
                .filter(use -> systems.uses().stream()
                        .noneMatch(system -> system.eventId().equals(use.eventId())))
                .ifPresent(use -> value(source, Kind.NETWORK, blocks, use));
    }

    private static boolean notAfter(FirstUse one, FirstUse other) {
        int order = one.at().compareTo(other.at());
        return order != 0 ? order < 0 : one.eventId().compareTo(other.eventId()) <= 0;
    }

    private void hours(ActivitySource source, int failures, int floor) {
        Instant start = from.isBefore(Instant.EPOCH) ? Instant.EPOCH : from.minus(USUAL);
        List<HourCount> counts = memory.hours(source, start, NEVER);
        BusyHour.of(counts, HourCount::failures, from, failures).forEach(busy -> hour(source, Kind.FAILURES, busy));
        BusyHour.of(counts, HourCount::successes, from, floor).forEach(busy -> hour(source, Kind.FREQUENCY, busy));
    }

    private void hour(ActivitySource source, Kind kind, BusyHour busy) {
        Instant end = busy.hour().plus(HOUR).minusNanos(1);
        List<SignInHour> rolledUp = history.ownSignIns(busy.hour(), end, EVIDENCE).stream()
                .filter(one -> one.getFirstEvent()
                        .flatMap(ActivitySource::of)
                        .filter(source::equals)
                        .isPresent())
                .filter(one -> (one.getSuccesses() > 0) == (kind == Kind.FREQUENCY))
                .toList();
        List<AppEvent> acts = Facts.distinct(
                rolledUp.stream().flatMap(one -> one.getFirstEvent().stream()).toList());
        if (acts.isEmpty()) {
            return; // the history no longer reaches back
        }
        Instant until = rolledUp.stream()
                .map(SignInHour::getLast)
                .max(Comparator.naturalOrder())
                .orElse(end);
        boolean baseline = memory.baseline(source).isReachedBefore(acts.get(0).getEventTime());
        found.add(new Signal(kind, "", acts, until, busy.number(), busy.usual(), baseline));
    }
}
