package io.rolecall.detection.read;

import io.rolecall.detection.ResolvedAddress;
import io.rolecall.event.Actors;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the policy's trusted automation makes of an act. Nothing is trusted wholesale: networks and mandate both must fit. */
public enum Mandate {
    /** The actor is no trusted automation. */
    NONE,
    /** Trusted, from its usual network, and it may do this. */
    INSIDE,
    /** Trusted, but from elsewhere or not for this. */
    OUTSIDE;

    /** The reason that an act outside the mandate adds to the risk. */
    public static final String OUTSIDE_RISK = "Done by trusted automation outside its mandate or its usual networks";

    private static final String GRANT = "grant:";

    /** Of a grant: the mandate must name a permission set that holds the permission. */
    public static Mandate ofGrant(Policy policy, Grant grant, ResolvedAddress address) {
        return of(policy, grant.act(), address, may -> grants(policy, may, grant.permission()));
    }

    /**
     * Of an act that gives several permissions: every one of them that any set holds must be allowed; when none is of any set, it is
     * not.
     */
    public static Mandate ofPermissions(
            Policy policy, AppEvent act, ResolvedAddress address, Collection<Permission> permissions) {
        List<Permission> listed = permissions.stream()
                .filter(policy.permissionSets()::containsAnywhere)
                .toList();
        if (listed.isEmpty()) {
            return of(policy, act, address, may -> false);
        }
        return listed.stream()
                .map(permission -> of(policy, act, address, may -> grants(policy, may, permission)))
                .max(Comparator.naturalOrder())
                .orElse(NONE);
    }

    /** Of a change of credentials. */
    public static Mandate ofCredential(Policy policy, AppEvent act, ResolvedAddress address) {
        return of(policy, act, address, "rotate-credential"::equals);
    }

    /** Inside: informational. Outside: one severity higher. */
    public Severity apply(Severity severity) {
        return switch (this) {
            case NONE -> severity;
            case INSIDE -> Severity.INFORMATIONAL;
            case OUTSIDE -> severity.higher();
        };
    }

    /**
     * Of any act.
     *
     * @param allowed whether a word of the mandate allows it
     */
    public static Mandate of(Policy policy, AppEvent act, ResolvedAddress address, Predicate<String> allowed) {
        if (!act.getActor().getType().equals("application")) {
            return NONE;
        }
        Set<String> keys = Actors.keys(act.getActor());
        Optional<Policy.TrustedAutomation> trusted = policy.trustedAutomation().stream()
                .filter(entry -> keys.contains(entry.servicePrincipalId()))
                .findFirst();
        return trusted.map(entry -> entry.may().stream().anyMatch(allowed)
                                && address.network()
                                        .filter(entry.networks()::contains)
                                        .isPresent()
                        ? INSIDE
                        : OUTSIDE)
                .orElse(NONE);
    }

    private static boolean grants(Policy policy, String may, Permission permission) {
        return may.startsWith(GRANT) && policy.permissionSets().contains(may.substring(GRANT.length()), permission);
    }
}
