package io.rolecall.detection.read;

import io.rolecall.policy.Permission;
import io.rolecall.policy.Resources;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A permission that an application was given: an application role, or a delegated scope for all principals.
 *
 * @param act the successful act that gave it
 * @param permission what was given
 * @param roleId id of the application role, lower case; empty for scopes and when no fact about the role states it
 * @param undoneBy the earliest successful act that took it away again
 */
public record Grant(AppEvent act, Permission permission, Optional<String> roleId, Optional<AppEvent> undoneBy) {

    public Instant time() {
        return act.getEventTime();
    }

    public boolean undone() {
        return undoneBy.isPresent();
    }

    /**
     * What makes it one permission: App ID of the API, a slash, and the id of the role, else the name of the role or scope. What an
     * alert about a permission hangs on.
     */
    public String key() {
        return permission.resourceAppId() + "/" + roleId.orElse(permission.value());
    }

    /** Whether it was given by that time and not yet taken away; where the logs tell no order, it was. */
    public boolean heldAt(Instant at) {
        return Facts.mayPrecede(time(), at)
                && undoneBy.filter(act -> Facts.surelyBefore(act.getEventTime(), at))
                        .isEmpty();
    }

    /**
     * Whether it was not held just before, by history, profile and inventory. Of a grant or removal whose order the logs do not tell,
     * the reading that makes it new counts.
     *
     * @param grants the application's grants, this one among them
     */
    public boolean isNewAmong(List<Grant> grants, SubjectProfile profile) {
        boolean heldInHistory = grants.stream()
                .filter(other -> other.key().equals(key()))
                .filter(other -> Facts.surelyBefore(other.time(), time()))
                .anyMatch(other -> other.undoneBy()
                        .filter(removal -> Facts.mayPrecede(removal.getEventTime(), time()))
                        .isEmpty());
        return !heldInHistory && !HeldPermissions.heldBefore(profile, permission, time());
    }

    public boolean isOfApplication() {
        return permission.type() == Permission.Type.APPLICATION;
    }

    /** For sentences, for example {@code Mail.ReadWrite of Microsoft Graph (application permission)}. */
    public String label() {
        return label(permission);
    }

    /** The same of several, each once, in this order. */
    public static String labels(Collection<Grant> grants) {
        return grants.stream().map(Grant::label).distinct().collect(Collectors.joining(", "));
    }

    /** The same of any permission. */
    public static String label(Permission permission) {
        String api = permission.resourceAppId();
        return permission.value() + " of " + Resources.displayName(api).orElse(api.equals("-") ? "an unknown API" : api)
                + " (" + permission.type().label() + " permission)";
    }
}
