package io.rolecall.detection.read;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.read.AzureAssignments.Assigned;
import io.rolecall.policy.AzureRoles;
import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Why what an application does in Azure is looked at: it was given a role lately, or there is a finding against it, judged from the facts.
 *
 * @param act the act that gave something
 * @param label what it gave and when, for sentences
 * @param role the part of its actor
 * @param permissions the permissions it is about
 * @param within how long after it an act counts
 * @param endedBy what took it away, where it counts only while held
 * @param gone whether nothing is left of it
 */
public record AzureReason(
        AppEvent act,
        String label,
        String role,
        List<Permission> permissions,
        Duration within,
        Optional<AppEvent> endedBy,
        boolean gone) {

    private static final Comparator<AzureReason> ORDER = Comparator.comparing(AzureReason::act, Facts.ORDER)
            .thenComparing(AzureReason::label)
            .thenComparing(AzureReason::within);

    public AzureReason {
        permissions = List.copyOf(permissions);
    }

    /**
     * All of an application, by time.
     *
     * @param newRole how long a role of Azure or an application role counts as new, whichever it is
     * @param finding how long a risky grant or credential counts, and a dangerous role of Azure while it is held
     */
    public static List<AzureReason> of(DetectionInput in, Duration newRole, Duration finding) {
        List<AzureReason> reasons = new ArrayList<>();
        for (Assigned assigned : AzureAssignments.of(in.history().acts())) {
            reasons.add(of(assigned, newRole, Optional.empty()));
            if (isDangerous(assigned)) {
                reasons.add(of(assigned, finding, assigned.takenBy()));
            }
        }
        for (Grant grant : in.history().grants()) {
            if (grant.isOfApplication()) {
                reasons.add(new AzureReason(
                        grant.act(),
                        at(grant.label(), grant.act()),
                        "granted",
                        List.of(grant.permission()),
                        newRole,
                        Optional.empty(),
                        grant.undone()));
            }
        }
        for (RiskyAccess.Given given : RiskyAccess.of(in)) {
            reasons.add(new AzureReason(
                    given.act(),
                    given.at(),
                    given.role(),
                    given.permissions(),
                    finding,
                    Optional.empty(),
                    given.gone()));
        }
        reasons.sort(ORDER);
        return List.copyOf(reasons);
    }

    /** Whether any of some acts in Azure came while it counts. */
    public boolean reaches(AzureUse use) {
        return reaches(use.act().getEventTime()) || reaches(use.last());
    }

    /** Whether it counts at a time. */
    public boolean reaches(Instant time) {
        return Facts.isWithin(time, act.getEventTime(), within)
                && endedBy.filter(taken -> Facts.surelyBefore(taken.getEventTime(), time))
                        .isEmpty();
    }

    /** By the shipped list of roles, whatever the policy makes of it: what decides is the role and how much it spans. */
    private static boolean isDangerous(Assigned assigned) {
        return AzureRoles.name(assigned.roleId())
                        .filter(AzureRoles.dangerous()::contains)
                        .isPresent()
                && (assigned.level().isBroad() || !AzureRoles.isBroadOnly(assigned.roleId()));
    }

    private static AzureReason of(Assigned assigned, Duration within, Optional<AppEvent> endedBy) {
        return new AzureReason(
                assigned.act(),
                at(
                        "the Azure role " + assigned.roleName() + " for "
                                + assigned.level().label(),
                        assigned.act()),
                "gave-role",
                List.of(),
                within,
                endedBy,
                assigned.takenBy().isPresent());
    }

    private static String at(String what, AppEvent act) {
        return what + " at " + Facts.time(act.getEventTime());
    }
}
