package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Clicks;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.Refusals;
import io.rolecall.detection.read.Refusals.Refusal;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Consent to an application was blocked, declined, or sent to an administrator; worse when an administrator then gives what the user
 * could not. One finding an application.
 */
public final class ConsentRefused implements Detection {

    private static final int MOST_PARTICIPANTS = 10;

    private static final Param<Duration> THEN_WITHIN = Param.duration(
            "then-within",
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "Longest time from a refusal to an administrator's consent that makes it high.");

    private static final Reads READS = Reads.of(
                    Grants.OF_SCOPES, Clicks.OPERATIONS, List.of(Operations.SIGN_IN, Operations.CREATE_REQUEST))
            .needing(Operations.CONSENT, Operations.SIGN_IN, Operations.CREATE_REQUEST)
            .within(THEN_WITHIN);

    @Override
    public String id() {
        return "consent-refused";
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
        return List.of(THEN_WITHIN);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        return in.candidates(
                        "Consent was refused, or sent to an administrator",
                        Refusals.of(in.application(), in.get(THEN_WITHIN)),
                        Refusal::act,
                        one -> Facts.actor(one.act()) + ": " + one.how(),
                        "No consent was blocked, declined or sent to an administrator; what failed for technical"
                                + " reasons does not count")
                .note(
                        "An administrator then consented for all, or for that user, within "
                                + Facts.length(in.get(THEN_WITHIN)),
                        one -> one.given()
                                .map(act -> Answer.yes(Facts.actor(act) + " at " + Facts.time(act.getEventTime()))
                                        .by(List.of(act)))
                                .orElseGet(() -> Answer.no("nobody did")))
                .findOne(all -> finding(in, all));
    }

    private static Finding finding(DetectionInput in, List<Refusal> all) {
        Refusal first = all.get(0);
        List<AppEvent> refused = Facts.distinct(all.stream().map(Refusal::act).toList());
        List<AppEvent> given =
                Facts.distinct(all.stream().flatMap(one -> one.given().stream()).toList());
        String ways = all.stream().map(Refusal::how).distinct().sorted().collect(Collectors.joining(", "));
        boolean then = !given.isEmpty();
        return in.finding(first.act())
                .severity(then ? Severity.HIGH : Severity.LOW)
                .confidence(Addresses.identity(first.act()))
                .title(then ? "Consent refused, then given by an administrator" : "Consent refused: " + ways)
                .says("Consent to the application was " + ways + ", " + Facts.count(refused.size(), "time")
                        + ", first at " + Facts.time(first.act().getEventTime()) + " ("
                        + Facts.actor(first.act()) + ")."
                        + (then
                                ? " " + Facts.actor(given.get(0)) + " consented afterwards, at "
                                        + Facts.time(given.get(0).getEventTime())
                                        + ": somebody may have been talked into what the user could not give."
                                : ""))
                .by(
                        "asked-for-consent",
                        refused.stream().limit(MOST_PARTICIPANTS).toList())
                .by("consented", given.stream().limit(MOST_PARTICIPANTS).toList())
                .shownBy(refused)
                .shownBy(given)
                .build();
    }
}
