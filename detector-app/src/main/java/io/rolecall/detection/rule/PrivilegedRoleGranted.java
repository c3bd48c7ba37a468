package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.Mandate;
import io.rolecall.detection.read.Registered;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An application role with which an application can make itself or others administrator is granted; or another far-reaching one
 * to an application whose registration was never seen. One finding a role, however often it is granted again.
 */
public final class PrivilegedRoleGranted implements Detection {

    private static final String TIER_0 = "tier-0";

    private static final Reads READS = Reads.of(Grants.OF_ROLES, List.of(Operations.ADD_APPLICATION))
            .needing(Operations.ADD_APP_ROLE)
            .within(Duration.ofDays(30));

    @Override
    public String id() {
        return "privileged-role-granted";
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
    public Evaluation evaluate(DetectionInput in) {
        Optional<Registered> registered = Registered.of(in.history());
        List<Grant> roles =
                in.history().grants().stream().filter(Grant::isOfApplication).toList();
        List<Grant> listed = roles.stream()
                .filter(grant ->
                        in.policy().permissionSets().contains(List.of(TIER_0, "permissive"), grant.permission()))
                .toList();
        return in.candidates(
                        "A role of the sets tier-0, permissive was granted",
                        listed,
                        Grant::act,
                        Grant::label,
                        roles.isEmpty() ? "No application role was granted" : "Granted only: " + Grant.labels(roles))
                .where(
                        "It is of tier-0, or the registration of the application was never seen",
                        grant -> isOfTier0(in, grant)
                                ? Answer.yes(grant.permission().value() + " is of tier-0")
                                : registered
                                        .map(app -> Answer.no("not of tier-0, and the application was registered at "
                                                        + Facts.time(app.at()))
                                                .by(app.facts()))
                                        .orElseGet(() -> Answer.yes("no registration was seen")))
                .where(
                        "The application did not hold the role just before",
                        grant -> Answer.of(
                                grant.isNewAmong(listed, in.history().profile()),
                                grant.permission().value() + " at " + Facts.time(grant.time())))
                .findEach(Grant::key, granted -> finding(in, granted, listed));
    }

    private static boolean isOfTier0(DetectionInput in, Grant grant) {
        return in.policy().permissionSets().contains(TIER_0, grant.permission());
    }

    private static Finding finding(DetectionInput in, List<Grant> granted, List<Grant> listed) {
        Grant first = granted.get(0);
        boolean tier0 = isOfTier0(in, first);
        List<AppEvent> acts = Facts.distinct(granted.stream().map(Grant::act).toList());
        List<Mandate> mandates = granted.stream()
                .map(grant -> Mandate.ofGrant(in.policy(), grant, in.addressOf(grant.act())))
                .toList();
        Severity base = tier0 ? Severity.HIGH : Severity.MEDIUM;
        return in.finding(first.act())
                .anchor(first.key())
                .severity(base, mandates)
                .confidence(in.confidenceIn(first.act()))
                .title((tier0 ? "Privileged role " : "Far-reaching role ")
                        + first.permission().value() + " granted")
                .says(Facts.actor(first.act()) + " granted " + first.label() + " at " + Facts.time(first.time())
                        + " from " + Addresses.label(in.addressOf(first.act())) + "."
                        + (tier0
                                ? " With it an application can make itself or others administrator."
                                : " The registration of this application was never seen.")
                        + (acts.size() > 1 ? " It was granted " + acts.size() + " times." : ""))
                .risk(
                        acts.stream().anyMatch(in::isFromOutside),
                        RiskKind.FROM_OUTSIDE,
                        "Granted from an address that is not the organisation's")
                .risk(
                        acts.stream().anyMatch(act -> act.getActor().getType().equals("application")),
                        "Granted by an application, not by a person")
                .by("granted", granted.stream().map(Grant::act).toList())
                .permissions(List.of(first.permission()))
                .undone(listed.stream()
                        .filter(grant -> grant.key().equals(first.key()))
                        .allMatch(Grant::undone))
                .build();
    }
}
