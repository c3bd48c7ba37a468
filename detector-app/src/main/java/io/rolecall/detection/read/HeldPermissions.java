package io.rolecall.detection.read;

import io.rolecall.event.Hashes;
import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.state.HeldPermission;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Permissions that an application was given longer ago than its history reaches back: the profile keeps, of every permission of
 * the policy's sets, when it was first and last given and first and last taken. Minima and maxima of whole seconds, so that neither order
 * nor copies matter. A permission that the policy adds to a set is known from then on; one it removes is not looked for.
 */
public final class HeldPermissions {

    /** Most permissions kept of one application; those with the smallest numbers stay, whatever the order. */
    public static final int MOST = 16;

    private HeldPermissions() {}

    /**
     * What the profile tells of one permission.
     *
     * @param since when it was first given
     * @param taken when it was taken, if that is the latest that is known
     */
    public record Held(Permission permission, Instant since, Optional<Instant> taken) {

        public boolean at(Instant time) {
            return Facts.mayPrecede(since, time)
                    && taken.filter(at -> Facts.surelyBefore(at, time)).isEmpty();
        }
    }

    /** The known permissions with what an event tells; the same list when it tells nothing new. */
    public static List<HeldPermission> merge(List<HeldPermission> known, AppEvent event, PermissionSets sets) {
        if (!Facts.succeeded(event)) {
            return known;
        }
        Map<Integer, HeldPermission> merged = new TreeMap<>();
        known.forEach(held -> merged.put(held.getPermission(), held));
        long second = event.getEventTime().getEpochSecond();
        given(event)
                .filter(sets::containsAnywhere)
                .forEach(permission ->
                        merged.merge(number(permission), given(permission, second), HeldPermissions::united));
        taken(event)
                .filter(sets::containsAnywhere)
                .forEach(permission ->
                        merged.merge(number(permission), taken(permission, second), HeldPermissions::united));
        List<HeldPermission> all = merged.values().stream().limit(MOST).toList();
        return all.equals(known) ? known : all;
    }

    /**
     * Whether an act gives or takes a permission of the policy's sets, or one that may be: of an API that the act does not name, or of
     * an API of the sets without its name. Of a grant for one user: no.
     */
    public static boolean concerns(AppEvent event, PermissionSets sets) {
        List<Permission> permissions = Stream.concat(given(event), taken(event)).toList();
        if (permissions.isEmpty() && event.getDetails().orElse(null) instanceof AppRole role) {
            return sets.hasMembersOf(Grants.api(role));
        }
        return permissions.stream().anyMatch(permission -> mayBeOf(sets, permission));
    }

    /** The permissions for which {@link #concerns} holds, as far as the act names them; equal ones may stand there twice. */
    public static List<Permission> concerned(AppEvent event, PermissionSets sets) {
        return Stream.concat(given(event), taken(event))
                .filter(permission -> mayBeOf(sets, permission))
                .toList();
    }

    private static boolean mayBeOf(PermissionSets sets, Permission permission) {
        return sets.containsAnywhere(permission)
                || (Grants.isOfUnknownApi(permission) && sets.hasMemberNamed(permission.value()));
    }

    /** The permissions of some sets that the profile knows as given, each once, ordered as the sets are. */
    public static List<Held> of(SubjectProfile profile, PermissionSets sets, List<String> names) {
        Map<Integer, HeldPermission> known = new TreeMap<>();
        profile.getHeld().forEach(held -> known.put(held.getPermission(), held));
        List<Held> found = new ArrayList<>();
        if (known.isEmpty()) {
            return found;
        }
        Set<Permission> members = new LinkedHashSet<>();
        names.forEach(set -> members.addAll(sets.members(set)));
        for (Permission permission : members) {
            HeldPermission held = known.get(number(permission));
            if (held != null && held.getFirst().isPresent()) {
                long first = held.getFirst().get();
                long last = held.getLast().orElse(first);
                found.add(new Held(
                        permission,
                        Instant.ofEpochSecond(first),
                        held.getRemoved().filter(removed -> removed >= last).map(Instant::ofEpochSecond)));
            }
        }
        return found;
    }

    /**
     * Whether a permission was held just before a time, as far as the profile tells: first given surely before, and never taken
     * until then. Of one that was taken and given again the profile does not know the order, so that it does not count as held.
     */
    public static boolean heldBefore(SubjectProfile profile, Permission permission, Instant time) {
        int number = number(permission);
        return profile.getHeld().stream()
                .filter(held -> held.getPermission() == number)
                .filter(held -> held.getFirst()
                        .filter(first -> Facts.surelyBefore(Instant.ofEpochSecond(first), time))
                        .isPresent())
                .anyMatch(held -> held.getRemovedFirst()
                        .or(held::getRemoved)
                        .filter(removed -> Facts.mayPrecede(Instant.ofEpochSecond(removed), time))
                        .isEmpty());
    }

    private static Stream<Permission> given(AppEvent event) {
        if (event.getDetails().orElse(null) instanceof DelegatedGrant grant) {
            return Grants.scopes(grant, grant.getAdded());
        }
        return Facts.is(event, Operations.ADD_APP_ROLE) ? role(event) : Stream.empty();
    }

    private static Stream<Permission> taken(AppEvent event) {
        if (event.getDetails().orElse(null) instanceof DelegatedGrant grant) {
            return Grants.scopes(grant, grant.getRemoved());
        }
        return Grants.removesRole(event) ? role(event) : Stream.empty();
    }

    private static Stream<Permission> role(AppEvent event) {
        return event.getDetails().orElse(null) instanceof AppRole role
                ? Grants.permission(role).stream()
                : Stream.empty();
    }

    private static HeldPermission given(Permission permission, long second) {
        return HeldPermission.newBuilder()
                .setPermission(number(permission))
                .setFirst(second)
                .build();
    }

    private static HeldPermission taken(Permission permission, long second) {
        return HeldPermission.newBuilder()
                .setPermission(number(permission))
                .setRemoved(second)
                .build();
    }

    private static HeldPermission united(HeldPermission one, HeldPermission other) {
        HeldPermission.Builder united = HeldPermission.newBuilder().setPermission(one.getPermission());
        Stream.of(one, other)
                .flatMap(held -> held.getFirst().stream())
                .min(Long::compare)
                .ifPresent(first -> {
                    united.setFirst(first);
                    Stream.of(one, other)
                            .flatMap(held -> Stream.concat(held.getFirst().stream(), held.getLast().stream()))
                            .max(Long::compare)
                            .filter(last -> last > first)
                            .ifPresent(united::setLast);
                });
        Stream.of(one, other)
                .flatMap(held -> held.getRemoved().stream())
                .max(Long::compare)
                .ifPresent(last -> {
                    united.setRemoved(last);
                    Stream.of(one, other)
                            .flatMap(held -> Stream.concat(held.getRemoved().stream(), held.getRemovedFirst().stream()))
                            .min(Long::compare)
                            .filter(first -> first < last)
                            .ifPresent(united::setRemovedFirst);
                });
        return united.build();
    }

    private static int number(Permission permission) {
        String hash = Hashes.sha256(
                permission.resourceAppId(),
                permission.value().toLowerCase(Locale.ROOT),
                permission.type().label());
        return Integer.parseUnsignedInt(hash.substring(0, 8), 16);
    }
}
