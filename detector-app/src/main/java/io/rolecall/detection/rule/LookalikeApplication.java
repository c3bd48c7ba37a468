package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Confidence;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.PolicyNeed;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.OwnerTenants;
import io.rolecall.detection.read.ProtectedTexts;
import io.rolecall.detection.read.ProtectedTexts.Match;
import io.rolecall.detection.read.ShownNames;
import io.rolecall.detection.read.ShownNames.Shown;
import io.rolecall.event.Involvement;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.event.Subjects;
import io.rolecall.policy.ProtectedNames;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An application bears a name, or its publisher a domain, that imitates a protected one. One finding a protected name, of the
 * application, or of the person or application whose registration failed, since that has no App ID.
 */
public final class LookalikeApplication implements Detection {

    private static final Reads READS = Reads.of(ShownNames.OPERATIONS)
            .needing(ShownNames.OPERATIONS)
            .wanting(PolicyNeed.PROTECTED_NAMES, PolicyNeed.DOMAINS)
            .within(Duration.ofDays(30))
            .inParts(Involvement.INITIATOR, Involvement.TARGET);

    /** A name and the protected one that it is or looks like. */
    private record Named(Shown shown, Match match) {

        private AppEvent act() {
            return shown.act();
        }

        /** Whether the act tells of no application, so that it is the alert of whoever tried. */
        private boolean isAttempt() {
            return Subjects.application(act()).isEmpty();
        }
    }

    @Override
    public String id() {
        return "lookalike-application";
    }

    @Override
    public Set<SubjectKind> subjects() {
        return Set.of(SubjectKind.APPLICATION, SubjectKind.ACTOR);
    }

    @Override
    public Reads reads() {
        return READS;
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        ProtectedTexts protectedTexts = ProtectedTexts.of(in.policy());
        List<Shown> shown = ShownNames.of(in.history()).stream()
                .filter(name -> owns(in, name.act()))
                .toList();
        List<Named> named = shown.stream()
                .flatMap(name -> (name.isDomain()
                                ? protectedTexts.ofDomain(name.text()).stream()
                                : protectedTexts.ofName(name.text()).stream())
                        .map(match -> new Named(name, match)))
                .toList();
        boolean application = in.history().subject().kind() == SubjectKind.APPLICATION;
        boolean microsofts = application
                && (OwnerTenants.isMicrosofts(in.history())
                        || ProtectedNames.isBearer(in.history().subject().id()));
        return in.candidates(
                        "A name or publisher domain is, or looks like, a protected one",
                        named,
                        Named::act,
                        one -> one.match().words(),
                        "No name of the application does, or none of it was seen")
                .where(
                        "The application is not Microsoft's own",
                        any -> Answer.of(!microsofts, microsofts ? "it is" : "nothing tells that it is"))
                .where(
                        "It is no application of the organisation that bears the organisation's very name",
                        one -> ownName(in, one))
                .findEach(one -> one.match().anchor(), same -> finding(in, same, ShownNames.latest(shown)));
    }

    /** What an application did to another is that one's, except where the act tells of none. */
    private static boolean owns(DetectionInput in, AppEvent act) {
        return Involvement.of(act) == Involvement.INITIATOR
                ? Subjects.application(act).isEmpty()
                : in.owns(act, Involvement.TARGET);
    }

    private static Answer ownName(DetectionInput in, Named one) {
        if (!one.match().exact() || one.match().isMicrosofts()) {
            return Answer.yes(one.match().words());
        }
        if (one.isAttempt() && !Facts.is(one.act(), Operations.ADD_APPLICATION)) {
            return Answer.cannotTell("the attempt does not tell whose the application is");
        }
        boolean here = one.isAttempt() || OwnerTenants.isRegisteredHere(in.history());
        return Answer.of(!here, here ? "registered in this tenant" : "its registration was not seen in this tenant");
    }

    private static Finding finding(DetectionInput in, List<Named> same, Optional<Shown> latest) {
        Named first = same.get(0);
        AppEvent act = first.act();
        boolean attempted = same.stream().noneMatch(one -> Facts.succeeded(one.act()));
        List<AppEvent> acts = Facts.distinct(same.stream().map(Named::act).toList());
        boolean renamed = latest.filter(now -> acts.stream().allMatch(one -> Facts.ORDER.compare(one, now.act()) < 0))
                .isPresent();
        return in.finding(act)
                .anchor(first.match().anchor())
                .severity(Severity.MEDIUM)
                .confidence(acts.stream().map(Addresses::identity).reduce(Confidence.HIGH, Confidence::min))
                .title((first.shown().isDomain() ? "Publisher domain" : "Application name")
                        + (first.match().exact() ? " of " : " that imitates ")
                        + (first.match().isMicrosofts() ? "Microsoft: " : "the organisation: ")
                        + first.match().imitated()
                        + (attempted ? ", refused" : ""))
                .says("The " + (first.shown().isDomain() ? "publisher domain " : "name ")
                        + first.match().words() + ", as shown at " + Facts.time(act.getEventTime()) + " by an act of "
                        + Facts.actor(act) + ", operation " + act.getOperation() + "."
                        + (first.match().isMicrosofts()
                                ? " Nothing tells that the application is Microsoft's."
                                : " Users trust a name that they know.")
                        + (attempted ? " The act failed." : ""))
                .risk(
                        !first.match().exact() && !first.match().text().chars().allMatch(one -> one < 128),
                        RiskKind.LOOK_ALIKE,
                        "The name has characters of another script in the place of letters")
                .risk(
                        same.stream()
                                .anyMatch(one -> Facts.is(one.act(), Operations.CONSENT) && Facts.succeeded(one.act())),
                        "Somebody consented to the application")
                .by("named", acts)
                .undone(renamed)
                .build();
    }
}
