package io.rolecall.detection.read;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Operations;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.List;

/**
 * Whether an application could reach the data of every user of the tenant: by an application role, or by scopes for all principals.
 * A permission counts while it is held: one that was taken before the time in question exposes nobody any more, one that was taken
 * later did.
 */
public final class TenantWideAccess {

    private TenantWideAccess() {}

    /**
     * Whether it was held at some time of an interval, both ends included.
     *
     * @param history the application's; also what its profile still knows of older grants
     * @param sets the policy's, whose permissions the profile keeps
     */
    public static boolean held(SubjectHistory history, PermissionSets sets, Instant from, Instant to) {
        List<AppEvent> acts = history.acts();
        return Grants.of(acts).stream()
                        .anyMatch(grant -> !grant.time().isAfter(to)
                                && grant.undoneBy()
                                        .filter(act -> act.getEventTime().isBefore(from))
                                        .isEmpty())
                || acts.stream()
                        .anyMatch(act ->
                                Facts.succeeded(act) && !act.getEventTime().isAfter(to) && givesUnnamed(act))
                || remembered(history.profile(), sets, from, to);
    }

    private static boolean remembered(SubjectProfile profile, PermissionSets sets, Instant from, Instant to) {
        return HeldPermissions.of(profile, sets, List.copyOf(sets.sets().keySet())).stream()
                .anyMatch(held -> !held.since().isAfter(to)
                        && held.taken().filter(at -> at.isBefore(from)).isEmpty());
    }

    /** An act for everybody that does not tell what it gave, so that no removal can be told to be its own. */
    private static boolean givesUnnamed(AppEvent act) {
        Object details = act.getDetails().orElse(null);
        if (details instanceof AppRole role) {
            return Facts.is(act, Operations.ADD_APP_ROLE)
                    && role.getRoleId().isEmpty()
                    && role.getRoleValue().isEmpty();
        }
        if (details instanceof Consent consent) {
            return consent.getOnBehalfOfAll().orElse(false)
                    && consent.getScopes().isEmpty();
        }
        return details instanceof DelegatedGrant grant
                && Facts.is(act, Operations.ADD_DELEGATED_GRANT)
                && grant.getConsentType().filter("all-principals"::equals).isPresent()
                && grant.getAdded().isEmpty();
    }
}
