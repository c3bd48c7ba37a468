package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Asking;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.QuestionKind;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.ApplicationGrant;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.InitiatingApplication;
import io.rolecall.detection.read.InitiatingApplication.Owner;
import io.rolecall.detection.read.Mandate;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An application, and no person, gives an application a permission or a directory role. One finding an initiator. */
public final class GrantByApplication implements Detection {

    private static final Param<Duration> YOUNG = Param.duration(
            "young",
            Duration.ofDays(14),
            Duration.ofMinutes(1),
            Duration.ofDays(90),
            "How long after it was registered or added the initiator counts as young.");
    private static final Param<Duration> PRIVILEGED = Param.duration(
            "newly-privileged",
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            Duration.ofDays(90),
            "How long after a permission of tier-0 was newly given to it the initiator counts as newly privileged.");

    private static final Reads READS = Reads.of(ApplicationGrant.CHANGES)
            .needing(ApplicationGrant.GIVES)
            .within(Duration.ofDays(30))
            .asking(new Asking(QuestionKind.ACTING_APPLICATION, (act, policy) -> ApplicationGrant.mayBe(act)));

    /** A grant, by whom, and what to make of it. */
    private record Given(
            ApplicationGrant grant,
            InitiatingApplication by,
            Optional<Instant> youngSince,
            List<String> newlyPrivileged,
            Mandate mandate,
            Severity severity) {

        AppEvent act() {
            return grant.act();
        }
    }

    @Override
    public String id() {
        return "grant-by-application";
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
        return List.of(YOUNG, PRIVILEGED);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        return in.candidates(
                        "An application gave this one a permission or a directory role",
                        ApplicationGrant.of(in.application()),
                        ApplicationGrant::act,
                        ApplicationGrant::label,
                        "Nothing was given, or people gave it")
                .as(grant -> given(in, grant), Given::act)
                .where("The application that gave it is not Microsoft's own", one -> switch (one.by()
                        .owner()) {
                    case MICROSOFT -> Answer.no(one.by().because());
                    case ANOTHER -> Answer.yes(one.by().because());
                    case UNKNOWN -> Answer.unknown(one.by().because());
                })
                .where(
                        "It is not trusted automation inside its mandate",
                        one -> Answer.of(
                                one.mandate() != Mandate.INSIDE,
                                Facts.actor(one.act()) + " from " + Addresses.label(in.addressOf(one.act()))))
                .note(
                        "What it gave is of a permission set, or a directory role",
                        one -> Answer.of(
                                one.grant().isListed(in.policy()), one.grant().label()))
                .note("It was registered or added shortly before", one -> one.youngSince()
                        .map(since -> Answer.yes("at " + Facts.time(since)))
                        .orElseGet(() -> Answer.no("its addition was not seen, or lies longer ago")))
                .note(
                        "It had newly been given a permission of tier-0",
                        one -> Answer.of(!one.newlyPrivileged().isEmpty(), String.join(", ", one.newlyPrivileged())))
                .findEach(one -> one.by().key(), same -> finding(in, same));
    }

    private static Given given(DetectionInput in, ApplicationGrant grant) {
        InitiatingApplication by = InitiatingApplication.of(in, grant.act());
        Optional<Instant> young = by.youngSince(in.get(YOUNG));
        List<String> privileged = by.newlyPrivileged(in.get(PRIVILEGED), by.isItself());
        Mandate mandate = grant.mandate(in.policy(), in.addressOf(grant.act()));
        Severity byOwner = by.owner() == Owner.UNKNOWN ? Severity.MEDIUM : Severity.HIGH;
        Severity byRule = grant.isListed(in.policy()) ? byOwner : Severity.LOW;
        boolean worse = young.isPresent() || !privileged.isEmpty();
        return new Given(
                grant, by, young, privileged, mandate, mandate.apply(worse ? byRule.max(Severity.HIGH) : byRule));
    }

    private static Finding finding(DetectionInput in, List<Given> same) {
        Given first = same.get(0);
        List<AppEvent> acts = same.stream().map(Given::act).toList();
        String initiator = Facts.actor(first.act());
        Optional<Instant> young =
                same.stream().flatMap(one -> one.youngSince().stream()).findFirst();
        String privileged = same.stream()
                .flatMap(one -> one.newlyPrivileged().stream())
                .distinct()
                .collect(Collectors.joining(", "));
        return in.finding(first.act())
                .anchor(first.by().key())
                .severity(same.stream().map(Given::severity).reduce(Severity.INFORMATIONAL, Severity::max))
                .mandates(same.stream().map(Given::mandate).toList())
                .title("Permission given by an application: " + first.grant().label())
                .says("The application " + initiator + ", and no person, gave " + labels(same) + " at "
                        + Facts.time(first.act().getEventTime()) + " from "
                        + Addresses.label(in.addressOf(first.act())) + "."
                        + (acts.size() > 1 ? " It gave something " + acts.size() + " times." : "")
                        + " " + Facts.capital(first.by().because()) + ".")
                .risk(
                        young.isPresent(),
                        RiskKind.YOUNG,
                        "The application that gave it was registered or added only at "
                                + young.map(Facts::time).orElse(""))
                .risk(!privileged.isEmpty(), "The application that gave it had just been given " + privileged)
                .risk(same.stream().anyMatch(one -> one.by().isItself()), "The application gave it to itself")
                .by("granted", acts)
                .permissions(same.stream()
                        .flatMap(one -> one.grant().permissions().stream())
                        .toList())
                .undone(same.stream().allMatch(one -> one.grant().undone()))
                .build();
    }

    private static String labels(List<Given> same) {
        return Facts.first(
                10, same.stream().map(one -> one.grant().label()).distinct().toList());
    }
}
