package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Question;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.PrivilegedChange;
import io.rolecall.detection.read.RiskyAct;
import io.rolecall.detection.read.RiskyActs;
import io.rolecall.event.Involvement;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shortly after a risky grant, consent or credential the application, or whoever gave it, gives roles, changes policies or domains,
 * makes users or resets passwords. One finding a sort of change.
 */
public final class PrivilegedChangeAfterAccess implements Detection {

    private static final int MOST_NAMED = 10;

    private static final Param<Duration> WITHIN = Param.duration(
            "within",
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "Longest time from the risky grant or credential to the change.");

    private static final Reads READS = Reads.of(PrivilegedChange.OPERATIONS, RiskyActs.OPERATIONS)
            .needing(PrivilegedChange.OPERATIONS)
            .needing(RiskyActs.OPERATIONS)
            .within(WITHIN)
            .inParts(Involvement.INITIATOR, Involvement.TARGET)
            .asking(RiskyActs.ASKING);

    /** A change with the risky acts shortly before. */
    private record Changed(PrivilegedChange change, List<RiskyAct> risky) {

        AppEvent act() {
            return change.act();
        }
    }

    @Override
    public String id() {
        return "privileged-change-after-access";
    }

    @Override
    public Set<SubjectKind> subjects() {
        return Set.of(SubjectKind.ACTOR, SubjectKind.APPLICATION);
    }

    @Override
    public Reads reads() {
        return READS;
    }

    @Override
    public List<Param<?>> parameters() {
        return List.of(WITHIN);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        boolean person = in.history().subject().kind() == SubjectKind.ACTOR;
        List<AppEvent> done = done(in, person);
        List<PrivilegedChange> changes = PrivilegedChange.of(done, in.history().acts()).stream()
                .filter(change -> in.owns(change.act(), change.part()))
                .toList();
        List<RiskyAct> risky = changes.isEmpty() ? List.of() : risky(in, person);
        return in.candidates(
                        "It changed who may do what in the tenant",
                        changes,
                        PrivilegedChange::act,
                        PrivilegedChange::label,
                        "No successful act that gives a role, changes a policy or a domain, makes a user or resets a"
                                + " password")
                .as(change -> new Changed(change, RiskyActs.before(change.act(), risky, in.get(WITHIN))), Changed::act)
                .where(
                        "In the " + Facts.length(in.get(WITHIN))
                                + " before, something risky was granted or a credential"
                                + " added that can use it: to the application, or by whoever did it",
                        changed -> changed.risky().isEmpty()
                                ? Answer.no("none was seen then")
                                : Answer.yes(changed.risky().stream()
                                                .map(RiskyAct::label)
                                                .distinct()
                                                .collect(Collectors.joining(", ")))
                                        .by(RiskyActs.acts(changed.risky())))
                .findEach(changed -> changed.change().kind(), same -> finding(in, person, same));
    }

    /** What the subject did. What an application did in Exchange stands among what was done to it. */
    private static List<AppEvent> done(DetectionInput in, boolean person) {
        return person
                ? in.history().acts()
                : Stream.concat(in.application().initiated().stream(), in.history().acts().stream())
                        .toList();
    }

    private static List<RiskyAct> risky(DetectionInput in, boolean person) {
        return person
                ? RiskyActs.by(in, in.history().acts())
                : Stream.concat(
                                RiskyActs.on(in).stream(),
                                RiskyActs.by(in, in.application().initiated()).stream())
                        .sorted(RiskyAct.ORDER)
                        .toList();
    }

    /** @param same of one kind, by time */
    private static Finding finding(DetectionInput in, boolean person, List<Changed> same) {
        Changed first = same.get(0);
        PrivilegedChange.Kind kind = first.change().kind();
        List<RiskyAct> risky = same.stream()
                .flatMap(one -> one.risky().stream())
                .distinct()
                .limit(Question.MOST_A_FINDING)
                .toList();
        List<AppEvent> acts = same.stream().map(Changed::act).toList();
        return in.finding(first.act())
                .anchor(kind.label())
                .severity(person && kind.isDailyWork() ? Severity.MEDIUM : Severity.HIGH)
                .title("Privileged change after risky access: " + kind.label().replace('-', ' '))
                .says(Facts.actor(first.act()) + " " + what(same) + ", first at "
                        + Facts.time(first.act().getEventTime()) + " from "
                        + Addresses.label(in.addressOf(first.act())) + "." + RiskyActs.sentence(risky))
                .risk(
                        acts.stream().anyMatch(in::isFromOutside),
                        RiskKind.FROM_OUTSIDE,
                        "Done from an address that is not the organisation's")
                .by("changed-privileges", acts)
                .shownBy(RiskyActs.acts(risky))
                .permissions(risky.stream()
                        .flatMap(one -> one.permissions().stream())
                        .toList())
                .undone(!risky.isEmpty() && risky.stream().allMatch(RiskyAct::undone))
                .build();
    }

    private static String what(List<Changed> same) {
        return Facts.first(
                MOST_NAMED,
                same.stream().map(one -> one.change().what()).distinct().toList());
    }
}
