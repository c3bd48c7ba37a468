package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.Baseline;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AzureAssignments;
import io.rolecall.detection.read.AzureAssignments.Assigned;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.AzureRoles;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A dangerous Azure role is given to an application: one finding a role and scope. Or somebody makes themselves administrator of all of
 * Azure: one finding of whoever did it.
 */
public final class AzureRoleToApplication implements Detection {

    private static final String ELEVATE = "elevate";

    private static final Param<List<String>> ROLES = Param.namesOrIds(
            "roles",
            AzureRoles.dangerous(),
            AzureRoles.names(),
            "Roles that count, by id or English name; those of vaults, storage data and machines only for a subscription or more.");

    private static final Set<String> ELEVATIONS = Set.of(Operations.AZURE_ELEVATED_ACCESS, Operations.ELEVATED_ACCESS);

    private static final Reads READS = Reads.of(
                    AzureAssignments.OPERATIONS,
                    ELEVATIONS,
                    List.of(Operations.ELEVATED_ACCESS_REMOVED, Operations.SIGN_IN))
            .needing(Operations.AZURE_ROLE_ASSIGNMENT, Operations.AZURE_ELEVATED_ACCESS, Operations.ELEVATED_ACCESS)
            .within(Duration.ofDays(30))
            .remembering(BaselineNeed.of(ActivitySource.MANAGED_IDENTITY_SIGN_INS));

    @Override
    public String id() {
        return "azure-role-to-application";
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
    public List<Param<?>> parameters() {
        return List.of(ROLES);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        Evaluation elevated = elevated(in);
        return in.history().subject().kind() == SubjectKind.ACTOR
                ? elevated
                : assigned(in).and(elevated);
    }

    private static Evaluation assigned(DetectionInput in) {
        boolean managed = isManaged(in);
        return in.candidates(
                        "An Azure role was given to it",
                        AzureAssignments.of(in.history().acts()),
                        Assigned::act,
                        Assigned::label,
                        "No successful role assignment names it")
                .where(
                        "It is an application",
                        one -> one.typed() || !in.history().subject().isUnresolved()
                                ? Answer.yes("a service principal")
                                : Answer.cannotTell(
                                        "the log does not tell what the assignee is, and no App ID is known"))
                .where(
                        "The role is one of the parameter roles",
                        one -> Answer.of(isListed(in.get(ROLES), one.roleId()), one.roleName()))
                .where(
                        "The role is dangerous in its scope",
                        one -> Answer.of(
                                one.level().isBroad() || !AzureRoles.isBroadOnly(one.roleId()),
                                one.roleName() + " for " + one.level().label()))
                .note(
                        "It is no managed identity",
                        one -> Answer.of(!managed, managed ? "it signs in as one" : "no sign-in of one was seen"))
                .findEach(one -> List.of(one.roleId(), one.scope()), same -> role(in, same, managed));
    }

    private static boolean isManaged(DetectionInput in) {
        return !in.history()
                .memory()
                .baseline(ActivitySource.MANAGED_IDENTITY_SIGN_INS)
                .equals(Baseline.NONE);
    }

    private static boolean isListed(List<String> roles, String roleId) {
        return roles.stream()
                .map(role -> AzureRoles.id(role).orElse(role.toLowerCase(Locale.ROOT)))
                .anyMatch(roleId::equals);
    }

    private static Evaluation elevated(DetectionInput in) {
        return in.candidates(
                        "Access to all of Azure was elevated",
                        in.history().acts().stream()
                                .filter(act -> ELEVATIONS.contains(act.getOperation()) && Facts.succeeded(act))
                                .toList(),
                        act -> act,
                        Facts::actor,
                        "Neither log tells of it")
                .findOne(acts -> elevation(in, acts));
    }

    private static Finding role(DetectionInput in, List<Assigned> same, boolean managed) {
        Assigned first = same.get(0);
        AppEvent act = first.act();
        boolean high = first.level().isBroad() && !AzureRoles.isBroadOnly(first.roleId()) && !managed;
        return in.finding(act)
                .anchor(first.roleId(), first.scope())
                .severity(high ? Severity.HIGH : Severity.MEDIUM)
                .title("Azure role " + first.roleName() + " for "
                        + first.level().label() + " given to " + (managed ? "a managed identity" : "an application"))
                .says(Facts.actor(act) + " gave it the Azure role " + first.roleName() + " for "
                        + first.level().label()
                        + " (" + (first.scope().isEmpty() ? "/" : first.scope()) + ") at "
                        + Facts.time(act.getEventTime()) + " from " + Addresses.label(in.addressOf(act)) + "."
                        + (same.size() > 1 ? " It was given " + same.size() + " times." : ""))
                .risk(
                        in.isFromOutside(act),
                        RiskKind.FROM_OUTSIDE,
                        "Given from an address that is not the organisation's")
                .risk(act.getActor().getType().equals("application"), "Given by an application, not by a person")
                .by("gave-role", same.stream().map(Assigned::act).toList())
                .shownBy(same.stream().flatMap(one -> one.takenBy().stream()).toList())
                .undone(same.stream().allMatch(one -> one.takenBy().isPresent()))
                .build();
    }

    private static Finding elevation(DetectionInput in, List<AppEvent> acts) {
        AppEvent first = acts.get(0);
        AppEvent last = acts.get(acts.size() - 1);
        List<AppEvent> ended = in.history().acts().stream()
                .filter(act -> AzureAssignments.endsElevation(act) && Facts.ORDER.compare(act, last) > 0)
                .limit(1)
                .toList();
        return in.finding(first)
                .anchor(ELEVATE)
                .severity(Severity.HIGH)
                .title(Facts.actor(first) + " became administrator of all of Azure")
                .says(Facts.actor(first)
                        + " elevated their access to User Access Administrator at the root of Azure at "
                        + Facts.time(first.getEventTime()) + " from " + Addresses.label(in.addressOf(first))
                        + ": with it they can give themselves and every application any role in every subscription.")
                .risk(
                        in.isFromOutside(first),
                        RiskKind.FROM_OUTSIDE,
                        "Done from an address that is not the organisation's")
                .by("elevated-access", acts)
                .shownBy(ended)
                .undone(!ended.isEmpty())
                .build();
    }
}
