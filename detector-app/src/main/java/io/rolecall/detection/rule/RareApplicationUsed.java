package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Click;
import io.rolecall.detection.read.Clicks;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.OwnActivity;
import io.rolecall.detection.read.RareApplication;
import io.rolecall.event.OperationGroups;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * An application that holds a risky permission, and that few users ever approved or nobody did lately, acts or is consented to again. One
 * finding an application.
 */
public final class RareApplicationUsed implements Detection {

    private static final Param<Integer> USERS =
            Param.number("users", 3, 1, 50, "Most users who consented to an application of few.");
    private static final Param<Duration> IDLE = Param.duration(
            "idle",
            Duration.ofDays(180),
            Duration.ofDays(31),
            Duration.ofDays(400),
            "Time since the last authorisation after which nobody remembers it.");
    private static final Param<Duration> AGE = Param.duration(
            "minimum-age",
            Duration.ofDays(14),
            Duration.ofMinutes(1),
            Duration.ofDays(90),
            "Shortest time since the application was first seen.");

    private static final Reads READS = Reads.of(
                    List.of(Operations.SIGN_IN),
                    Grants.OF_ROLES,
                    Grants.OF_SCOPES,
                    Clicks.OPERATIONS,
                    OperationGroups.MAIL_READ,
                    OperationGroups.MAIL_SENT,
                    OperationGroups.FILES_READ,
                    OperationGroups.AZURE,
                    Set.of(OperationGroups.ANY_AZURE_DELETION))
            .needing(Operations.ADD_APP_ROLE, Operations.ADD_DELEGATED_GRANT, Operations.CONSENT)
            .within(RareApplication.QUIET)
            .remembering(OwnActivity.needs());

    @Override
    public String id() {
        return "rare-application";
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
        return List.of(USERS, IDLE, AGE);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        RareApplication known =
                new RareApplication(in.application(), in.policy().permissionSets());
        return in.candidates(
                        "It signed in, was used, or was consented to",
                        known.candidates(in.get(AGE)),
                        act -> act,
                        RareApplication::label,
                        "Nothing of that was seen")
                .where(
                        "It was first seen at least " + Facts.length(in.get(AGE)) + " before",
                        act -> Answer.of(
                                Facts.mayPrecede(
                                        in.history().profile().getFirstSeen().plus(in.get(AGE)), act.getEventTime()),
                                RareApplication.label(act) + ", first seen at "
                                        + Facts.time(in.history().profile().getFirstSeen())))
                .where("It held a permission of a risky grant", act -> risky(known.held(act), act))
                .where(
                        "At most " + in.get(USERS) + " users had consented, or the last authorisation was more than "
                                + Facts.length(in.get(IDLE)) + " before",
                        act -> rare(in, known, act))
                .findOne(acts -> finding(in, known, acts.get(0)));
    }

    private static Answer risky(List<Permission> held, AppEvent act) {
        return Answer.of(!held.isEmpty(), RareApplication.labels(held) + " at " + Facts.time(act.getEventTime()));
    }

    private static Answer rare(DetectionInput in, RareApplication known, AppEvent act) {
        Answer few = known.isOfFew(act, in.get(USERS));
        if (few.keeps()) {
            return few;
        }
        Answer idle = known.isIdle(act, in.get(IDLE));
        return idle.keeps() ? idle : Answer.no(few.because() + ", and " + idle.because());
    }

    private static Finding finding(DetectionInput in, RareApplication known, AppEvent act) {
        boolean few = known.isOfFew(act, in.get(USERS)).keeps();
        boolean idle = known.isIdle(act, in.get(IDLE)).keeps();
        List<Permission> held = known.held(act);
        List<AppEvent> consents = known.before(act).stream().map(Click::main).toList();
        return in.finding(act)
                .title(few ? "Application of few users at work" : "Application at work that was authorised long ago")
                .says("There was " + RareApplication.label(act) + ", from " + Addresses.label(in.addressOf(act))
                        + ". The application holds " + RareApplication.labels(held) + "; "
                        + rare(in, known, act).because() + ". It was first seen at "
                        + Facts.time(in.history().profile().getFirstSeen()) + ".")
                .risk(few, "Few users consented to it, and nothing was granted for everybody")
                .risk(
                        idle,
                        "It was authorised last more than " + Facts.length(in.get(IDLE)) + " before, and idle since")
                .risk(in.isFromOutside(act), RiskKind.FROM_OUTSIDE, "From an address that is not the organisation's")
                .by("acted", act)
                .by("consented", few ? consents : List.of())
                .permissions(held)
                .undone(known.areGone(held))
                .build();
    }
}
