package io.rolecall.detection.read;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.detection.read.Keys.AddedKey;
import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What makes an application suspicious, judged from the facts alone, whatever detections are on: risky grants ({@link RiskyGrants}), and
 * credentials that nothing explains on an application which holds a permission of such a grant. What trusted automation did inside its
 * mandate does not count, nor do rotation, onboarding and SAML signing certificates.
 */
public final class RiskyAccess {

    /** Operations that are read for it, besides sightings of actors. */
    public static final List<String> OPERATIONS = Stream.of(
                    Keys.OPERATIONS, Grants.OF_ROLES, Grants.OF_SCOPES, Clicks.OPERATIONS, Operations.OWNER_CHANGES)
            .flatMap(Collection::stream)
            .distinct()
            .sorted()
            .toList();

    private static final Comparator<Given> ORDER = Comparator.comparing(Given::act, Facts.ORDER)
            .thenComparing(Given::label)
            .thenComparing(given -> given.permissions().toString());

    private RiskyAccess() {}

    /**
     * One time that access was given.
     *
     * @param act the successful act
     * @param label what was given, for sentences
     * @param permissions the permission, or those that a credential opens as far as the history names them
     * @param role the part of the actor
     * @param gone whether nothing is left of it
     */
    public record Given(AppEvent act, String label, List<Permission> permissions, String role, boolean gone) {

        public Given {
            permissions = List.copyOf(permissions);
        }

        /** Whether something happened at most so long after it, both ends included, as far as the logs can tell. */
        public boolean isWithin(Instant time, Duration span) {
            return Facts.isWithin(time, act.getEventTime(), span);
        }

        public String at() {
            return label + " at " + Facts.time(act.getEventTime());
        }
    }

    /** All of them, by time. */
    public static List<Given> of(DetectionInput in) {
        List<Privilege> risky = RiskyGrants.of(in.application(), in.policy().permissionSets());
        List<Given> given = new ArrayList<>();
        for (Privilege privilege : risky) {
            for (AppEvent gift : privilege.gifts()) {
                if (privilege
                        .permission()
                        .filter(permission -> isInsideMandate(in, gift, permission))
                        .isEmpty()) {
                    given.add(new Given(
                            gift,
                            privilege.label(),
                            privilege.permission().stream().toList(),
                            privilege.holder().isEmpty() ? RiskyAct.GRANTED : RiskyAct.CONSENTED,
                            privilege.isGone()));
                }
            }
        }
        given.addAll(credentials(in, risky));
        given.sort(ORDER);
        return List.copyOf(given);
    }

    private static boolean isInsideMandate(DetectionInput in, AppEvent gift, Permission permission) {
        return Mandate.ofPermissions(in.policy(), gift, in.addressOf(gift), List.of(permission)) == Mandate.INSIDE;
    }

    private static List<Given> credentials(DetectionInput in, List<Privilege> risky) {
        List<AddedKey> keys = Keys.added(in.history().acts());
        List<Given> given = new ArrayList<>();
        for (AddedKey key : keys) {
            List<Permission> held = key.verifies() ? held(in, risky, key.time()) : List.of();
            if (!held.isEmpty() && CredentialKind.of(in, key, keys).severity().compareTo(Severity.MEDIUM) >= 0) {
                given.add(new Given(
                        key.act(),
                        key.what(),
                        held,
                        RiskyAct.ADDED_CREDENTIAL,
                        key.removedBy().isPresent()));
            }
        }
        return given;
    }

    /** The risky permissions that the application held at a time. */
    private static List<Permission> held(DetectionInput in, List<Privilege> risky, Instant time) {
        Stream<Permission> older = RiskyGrants.held(in.history(), in.policy().permissionSets()).stream()
                .filter(held -> held.at(time))
                // Where the history tells of a permission, it does so more exactly than the profile.
                .filter(held -> risky.stream().noneMatch(privilege -> tells(privilege, held, time)))
                .map(Held::permission);
        return Stream.concat(
                        risky.stream()
                                .filter(privilege -> privilege.heldAt(time))
                                .flatMap(privilege -> privilege.permission().stream()),
                        older)
                .distinct()
                .toList();
    }

    /** The profile knows whole seconds, and the earliest time of all copies: what it tells of may be what the history holds. */
    private static boolean tells(Privilege privilege, Held held, Instant time) {
        return privilege.permission().filter(held.permission()::equals).isPresent()
                && privilege.gifts().stream()
                        .map(AppEvent::getEventTime)
                        .anyMatch(at ->
                                Facts.mayPrecede(at, time) || !held.since().isBefore(at.minus(Facts.CLOCK_SKEW)));
    }
}
