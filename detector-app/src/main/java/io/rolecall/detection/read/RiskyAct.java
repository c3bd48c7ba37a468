package io.rolecall.detection.read;

import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A risky grant, or a credential on an application that holds one.
 *
 * @param act the successful act
 * @param role the part of its actor, as alerts name it: {@code granted}, {@code consented}, {@code added-credential}
 * @param what what was given or added, for sentences
 * @param permissions those that make it risky
 * @param keyIds ids of the credentials, lower case; none of a grant
 * @param harmlessInside whether it is a rotation or an onboarding when it was done from the organisation's network
 * @param undone whether it has been taken away again
 */
public record RiskyAct(
        AppEvent act,
        String role,
        String what,
        List<Permission> permissions,
        List<String> keyIds,
        boolean harmlessInside,
        boolean undone) {

    public static final String GRANTED = "granted";
    public static final String CONSENTED = "consented";
    public static final String ADDED_CREDENTIAL = "added-credential";

    public static final Comparator<RiskyAct> ORDER =
            Comparator.comparing(RiskyAct::act, Facts.ORDER).thenComparing(RiskyAct::what);

    public RiskyAct {
        permissions = List.copyOf(permissions);
        keyIds = List.copyOf(keyIds);
    }

    /** A grant or a consent, whichever its act is. */
    static RiskyAct grant(AppEvent act, List<Permission> permissions, boolean undone) {
        return grant(act, Facts.is(act, Operations.CONSENT) ? CONSENTED : GRANTED, permissions, undone);
    }

    static RiskyAct grant(AppEvent act, String role, List<Permission> permissions, boolean undone) {
        return new RiskyAct(act, role, Permission.values(permissions), permissions, List.of(), false, undone);
    }

    public Instant time() {
        return act.getEventTime();
    }

    /** With its time, for conditions. */
    public String label() {
        return what + " at " + Facts.time(time());
    }
}
