package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.PolicyNeed;
import io.rolecall.detection.Question;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.MailChange;
import io.rolecall.detection.read.MailWays;
import io.rolecall.detection.read.MailWays.Ways;
import io.rolecall.detection.read.RiskyAct;
import io.rolecall.detection.read.RiskyActs;
import io.rolecall.event.Involvement;
import io.rolecall.event.OperationGroups;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A connector, a rule or forwarding opens a way for mail in or out, by an application or by whoever shortly before granted something
 * risky; other changes of mail flow by that person, too. One finding an object of Exchange, whichever commands touch it.
 */
public final class MailFlowTampering implements Detection {

    private static final int MOST_WAYS = 10;

    private static final Param<Duration> WITHIN = Param.duration(
            "within",
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "Longest time from a risky grant or credential to the change of mail flow by the person who gave it.");

    private static final Reads READS = Reads.of(OperationGroups.MAIL_FLOW, RiskyActs.OPERATIONS)
            .needing(OperationGroups.MAIL_FLOW)
            .within(WITHIN)
            .asking(RiskyActs.ASKING)
            .wanting(PolicyNeed.DOMAINS);

    /** A change, what it opens, and the risky acts of the same person shortly before. */
    private record Changed(MailChange change, Ways ways, boolean byApplication, List<RiskyAct> risky) {

        AppEvent act() {
            return change.act();
        }

        boolean opens() {
            return !ways.open().isEmpty();
        }
    }

    @Override
    public String id() {
        return "mail-flow-tampering";
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
        boolean application = in.history().subject().kind() == SubjectKind.APPLICATION;
        List<MailChange> changes = MailChange.of(in.history().acts()).stream()
                .filter(change -> in.owns(change.act(), Involvement.TARGET))
                .toList();
        MailWays ways = new MailWays(in, changes);
        List<RiskyAct> risky = application || changes.isEmpty()
                ? List.of()
                : RiskyActs.by(in, in.history().acts());
        return in.candidates(
                        "It changed mail flow",
                        changes,
                        MailChange::act,
                        MailChange::label,
                        "No successful command that changes mail flow")
                .where(
                        "Exchange itself did not run the command",
                        change -> Answer.of(!change.isExchangesOwn(), Facts.actor(change.act())))
                .as(
                        change -> new Changed(
                                change,
                                ways.of(change),
                                application,
                                RiskyActs.before(change.act(), risky, in.get(WITHIN))),
                        Changed::act)
                .where(
                        "An application did it, or a person who granted something risky or added a credential to an"
                                + " application that can use it in the " + Facts.length(in.get(WITHIN)) + " before",
                        MailFlowTampering::by)
                .where(
                        "It opens a way in or out, or the person changes mail flow in another way",
                        changed -> opens(changed))
                .findEach(changed -> changed.change().thing(), same -> finding(in, ways, same));
    }

    private static Answer by(Changed changed) {
        if (changed.byApplication()) {
            return Answer.yes("by " + Facts.actor(changed.act()));
        }
        return changed.risky().isEmpty()
                ? Answer.no("no such grant, consent for all or credential of this person was seen then")
                : Answer.yes(changed.risky().stream().map(RiskyAct::label).collect(Collectors.joining(", ")))
                        .by(RiskyActs.acts(changed.risky()));
    }

    private static Answer opens(Changed changed) {
        if (changed.opens()) {
            return Answer.yes(String.join("; ", changed.ways().open()));
        }
        String because = changed.change().label() + " opens none that is known";
        if (!changed.byApplication()) {
            return Answer.yes(because);
        }
        return changed.ways().untold()
                ? Answer.cannotTell("nothing tells which domains are the organisation's")
                : Answer.no(because);
    }

    /** @param same of one object, by time */
    private static Finding finding(DetectionInput in, MailWays ways, List<Changed> same) {
        Changed first = same.get(0);
        List<Changed> opening = same.stream().filter(Changed::opens).toList();
        Changed told = opening.isEmpty() ? first : opening.get(0);
        List<RiskyAct> risky = same.stream()
                .flatMap(one -> one.risky().stream())
                .distinct()
                .limit(Question.MOST_A_FINDING)
                .toList();
        List<AppEvent> acts = same.stream().map(Changed::act).toList();
        String opened = opening.stream()
                .flatMap(one -> one.ways().open().stream())
                .distinct()
                .limit(MOST_WAYS)
                .collect(Collectors.joining("; "));
        return in.finding(first.act())
                .anchor(first.change().cmdletNoun(), first.change().object())
                .severity(opening.isEmpty() ? Severity.LOW : Severity.HIGH)
                .title((opening.isEmpty() ? "Mail flow changed: " : "Way for mail opened: ")
                        + told.change().label())
                .says(Facts.actor(told.act()) + " ran " + told.change().label() + " at "
                        + Facts.time(told.act().getEventTime()) + " from "
                        + Addresses.label(in.addressOf(told.act())) + "."
                        + (opened.isEmpty() ? "" : " What it opens: " + opened + ".")
                        + (acts.size() > 1 ? " The same object was changed " + acts.size() + " times." : "")
                        + RiskyActs.sentence(risky))
                .risk(
                        acts.stream().anyMatch(in::isFromOutside),
                        RiskKind.FROM_OUTSIDE,
                        "Done from an address that is not the organisation's")
                .by("changed-mail-flow", acts)
                .shownBy(RiskyActs.acts(risky))
                .permissions(risky.stream()
                        .flatMap(one -> one.permissions().stream())
                        .toList())
                .undone(!opening.isEmpty()
                        && ways.isTakenBack(
                                opening.stream().map(Changed::change).toList()))
                .build();
    }
}
