package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Confidence;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.FindingBuilder;
import io.rolecall.detection.Interval;
import io.rolecall.detection.Reads;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.ApplicationChanges;
import io.rolecall.detection.read.ApplicationChanges.Change;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.KeyAbroad;
import io.rolecall.detection.read.SignInSignals;
import io.rolecall.detection.read.SignInSignals.Kind;
import io.rolecall.detection.read.SignInSignals.Signal;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.network.AddressClass;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An application signs in for itself as it never did before: from a new country or network, with a new type of credential, to a new
 * resource, or far more often, or failing far more often, than usual. One finding a UTC day.
 */
public final class ServicePrincipalSignInAnomaly implements Detection {

    private static final Param<Integer> FAILURES =
            Param.number("failures", 10, 1, 100_000, "Least failed sign-ins in a clock hour.");
    private static final Param<Integer> FAILURES_TIMES = Param.number(
            "failures-times", 5, 2, 1_000, "How many times the busiest usual hour of failures such an hour has.");
    private static final Param<Integer> FREQUENCY_TIMES =
            Param.number("frequency-times", 5, 2, 1_000, "How many times the busiest usual hour a clock hour has.");
    private static final Param<Integer> FREQUENCY_FLOOR =
            Param.number("frequency-floor", 20, 1, 1_000_000, "Least successful sign-ins in such an hour.");
    private static final Param<Duration> AFTER_CHANGE = Param.duration(
            "after-change",
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "Longest time from a change of the application to a sign-in that makes the severity high.");

    private static final Reads READS = Reads.of(Set.of(Operations.SIGN_IN), ApplicationChanges.OPERATIONS)
            .needing(Operations.SIGN_IN)
            .within(Duration.ofDays(30))
            .remembering(
                    BaselineNeed.of(
                                    ActivitySource.SERVICE_PRINCIPAL_SIGN_INS,
                                    Dimension.COUNTRY,
                                    Dimension.NETWORK,
                                    Dimension.AUTONOMOUS_SYSTEM,
                                    Dimension.CREDENTIAL_TYPE,
                                    Dimension.CREDENTIAL_KEY,
                                    Dimension.RESOURCE)
                            .withCounts(),
                    BaselineNeed.of(ActivitySource.MANAGED_IDENTITY_SIGN_INS, Dimension.RESOURCE)
                            .withCounts());

    @Override
    public String id() {
        return "service-principal-sign-in-anomaly";
    }

    @Override
    public Set<SubjectKind> subjects() {
        return Set.of(SubjectKind.APPLICATION);
    }

    @Override
    public Reads reads() {
        return READS;
    }

    @Override
    public List<Param<?>> parameters() {
        return List.of(FAILURES, FAILURES_TIMES, FREQUENCY_TIMES, FREQUENCY_FLOOR, AFTER_CHANGE);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        // An earlier sign-in that comes late changes what is new on any later day.
        Instant from = Facts.dayOrEarliest(in.focus().from());
        List<Signal> signals =
                SignInSignals.of(in.application(), in.networks(), from, in.get(FAILURES), in.get(FREQUENCY_FLOOR));
        List<Change> changes = signals.isEmpty()
                ? List.of()
                : ApplicationChanges.of(in.history().acts());
        List<KeyAbroad> abroad = signals.isEmpty() ? List.of() : KeyAbroad.of(in.application(), from);
        return in.candidates(
                        "A sign-in of the application was the first of its kind, or an hour was busier than any before",
                        signals,
                        Signal::act,
                        Signal::label,
                        "None since " + (from.equals(Instant.MIN) ? "the beginning" : Facts.time(from)))
                .covering(new Interval(from, Instant.MAX))
                .where(
                        "Its sign-ins had a baseline before",
                        signal -> signal.hasBaseline()
                                ? Answer.yes(signal.label())
                                : Answer.no("no baseline: " + signal.label()))
                .where("A new network is not the organisation's", signal -> foreign(in, signal))
                .where(
                        "An hour has at least " + in.get(FREQUENCY_TIMES) + " times the sign-ins, or "
                                + in.get(FAILURES_TIMES) + " times the failures, of the busiest usual hour",
                        signal -> Answer.of(isManyTimes(in, signal), signal.label()))
                .note(
                        "Credentials, owners or grants were changed in the " + Facts.length(in.get(AFTER_CHANGE))
                                + " before",
                        signal -> changed(in, signal, changes))
                .note(
                        "A credential was first used that day in another country than its adder's",
                        signal -> used(abroad, signal))
                .findEach(signal -> Facts.day(signal.time()), same -> finding(in, same, changes, abroad));
    }

    private static Answer foreign(DetectionInput in, Signal signal) {
        boolean own =
                signal.kind() == Kind.NETWORK && in.addressOf(signal.act()).addressClass() == AddressClass.ORGANIZATION;
        return Answer.of(!own, signal.label());
    }

    private static boolean isManyTimes(DetectionInput in, Signal signal) {
        int times = in.get(signal.kind() == Kind.FAILURES ? FAILURES_TIMES : FREQUENCY_TIMES);
        return !signal.kind().isHour() || signal.number() >= times * signal.usual();
    }

    private static Answer changed(DetectionInput in, Signal signal, List<Change> changes) {
        List<Change> before =
                changes.stream().filter(change -> isBefore(in, change, signal)).toList();
        return before.isEmpty()
                ? Answer.no("none before " + signal.label())
                : Answer.yes(before.stream()
                                .map(change -> change.what() + " at "
                                        + Facts.time(change.act().getEventTime()))
                                .distinct()
                                .collect(Collectors.joining(", ")))
                        .by(acts(before));
    }

    /** Of an hour, any of its sign-ins may be the one that came after the change. */
    private static boolean isBefore(DetectionInput in, Change change, Signal signal) {
        Instant changed = change.act().getEventTime();
        return Facts.mayPrecede(changed, signal.until())
                && Facts.mayPrecede(signal.time(), changed.plus(in.get(AFTER_CHANGE)));
    }

    private static Answer used(List<KeyAbroad> abroad, Signal signal) {
        List<KeyAbroad> thatDay = thatDay(abroad, signal);
        return thatDay.isEmpty()
                ? Answer.no("none was seen")
                : Answer.yes(thatDay.stream()
                                .map(ServicePrincipalSignInAnomaly::told)
                                .collect(Collectors.joining(", ")))
                        .by(thatDay.stream().map(KeyAbroad::use).toList());
    }

    private static List<KeyAbroad> thatDay(List<KeyAbroad> abroad, Signal signal) {
        Instant day = Facts.day(signal.time());
        return abroad.stream()
                .filter(one -> Facts.day(one.use().getEventTime()).equals(day))
                .toList();
    }

    private static String told(KeyAbroad one) {
        return one.key().label() + " in " + one.country() + ", its adder was in " + String.join(", ", one.adderIn());
    }

    private static List<AppEvent> acts(List<Change> changes) {
        return changes.stream().map(Change::act).distinct().toList();
    }

    /** @param same what was out of the ordinary on one UTC day, by time */
    private static Finding finding(DetectionInput in, List<Signal> same, List<Change> changes, List<KeyAbroad> abroad) {
        Signal first = same.get(0);
        List<Change> before = changes.stream()
                .filter(change -> same.stream().anyMatch(signal -> isBefore(in, change, signal)))
                .toList();
        List<KeyAbroad> used = thatDay(abroad, first);
        boolean high = !before.isEmpty() || !used.isEmpty();
        FindingBuilder finding = in.finding(first.act())
                .anchor(FirstUses.day(first.time()).toString())
                .severity(high ? Severity.HIGH : Severity.MEDIUM)
                .confidence(same.stream().map(signal -> surely(in, signal)).reduce(Confidence.HIGH, Confidence::min))
                .title("Signs in as it never did: " + kinds(same))
                .says("The application signed in for itself at " + Facts.time(first.time()) + " from "
                        + Addresses.label(in.addressOf(first.act())) + ": "
                        + same.stream().map(Signal::label).distinct().collect(Collectors.joining("; "))
                        + ". Compared with all its sign-ins before, at least 5 on 3 days within 14 days or more."
                        + (before.isEmpty() ? "" : lastOf(before)));
        same.forEach(signal -> finding.risk(true, Facts.capital(signal.label())));
        finding.risk(
                !before.isEmpty(),
                "Credentials, owners or grants were changed in the " + Facts.length(in.get(AFTER_CHANGE)) + " before");
        used.forEach(one -> finding.risk(true, "First use of the " + told(one)));
        return finding.by("signed-in", same.stream().map(Signal::act).distinct().toList())
                .by("changed-application", acts(before))
                .by(
                        "added-credential",
                        used.stream().map(one -> one.key().act()).distinct().toList())
                .shownBy(same.stream().flatMap(signal -> signal.acts().stream()).toList())
                .shownBy(used.stream().map(KeyAbroad::use).toList())
                .build();
    }

    private static String lastOf(List<Change> before) {
        Change last = before.get(before.size() - 1);
        return " " + Facts.actor(last.act()) + " had changed its " + last.what() + " at "
                + Facts.time(last.act().getEventTime()) + ".";
    }

    private static Confidence surely(DetectionInput in, Signal signal) {
        return signal.kind() == Kind.NETWORK ? in.confidenceIn(signal.act()) : Addresses.identity(signal.act());
    }

    private static String kinds(List<Signal> same) {
        return same.stream().map(signal -> signal.kind().title()).distinct().collect(Collectors.joining(", "));
    }
}
