package io.rolecall.detection.read;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The application roles of some sets that an application held at a time, by its history, its profile and the inventory.
 *
 * @param grants grants of the history
 * @param older roles given longer ago than the history reaches back
 */
public record HeldRoles(List<Grant> grants, List<Held> older) {

    public HeldRoles {
        grants = List.copyOf(grants);
        older = List.copyOf(older);
    }

    /**
     * Those of a time; of a grant or removal whose order with it the logs do not tell, the reading by which it was held.
     *
     * @param grants the application's
     */
    public static HeldRoles at(DetectionInput in, List<Grant> grants, List<String> sets, Instant time) {
        List<Grant> roles = grants.stream()
                .filter(grant ->
                        grant.isOfApplication() && in.policy().permissionSets().contains(sets, grant.permission()))
                .toList();
        List<Held> older = HeldPermissions.of(
                        in.history().profile(), in.policy().permissionSets(), sets)
                .stream()
                .filter(held -> held.permission().type() == Permission.Type.APPLICATION && held.at(time))
                // Where the history holds a grant, it tells more exactly than the profile.
                .filter(held -> roles.stream()
                        .noneMatch(grant ->
                                grant.permission().equals(held.permission()) && Facts.mayPrecede(grant.time(), time)))
                .filter(held -> roles.stream()
                        .filter(grant -> grant.permission().equals(held.permission()))
                        .noneMatch(grant -> isTheFirst(held, grant)))
                .toList();
        return new HeldRoles(roles.stream().filter(grant -> grant.heldAt(time)).toList(), older);
    }

    /** The profile knows whole seconds, and the earliest time of all copies: the grant of the history may be what it tells of. */
    private static boolean isTheFirst(Held held, Grant grant) {
        return !held.since().isBefore(grant.time().minus(Facts.CLOCK_SKEW));
    }

    public boolean any() {
        return !grants.isEmpty() || !older.isEmpty();
    }

    /** Whether all of them were taken away since. */
    public boolean gone() {
        return grants.stream().allMatch(Grant::undone)
                && older.stream().allMatch(held -> held.taken().isPresent());
    }

    public List<Permission> permissions() {
        return Stream.concat(
                        older.stream().map(Held::permission), grants.stream().map(Grant::permission))
                .distinct()
                .toList();
    }

    /** The acts by which the history shows them. */
    public List<AppEvent> acts() {
        return Facts.distinct(grants.stream().map(Grant::act).toList());
    }
}
