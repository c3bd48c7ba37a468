package io.rolecall.detection.read;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Operations;
import io.rolecall.policy.MicrosoftApps;
import java.util.Set;

/** Whose an application is, as far as its history and the shipped lists tell. Learned at any time, it holds for all acts. */
public final class OwnerTenants {

    /** What is done to a registration, which only its own tenant has. */
    private static final Set<String> OF_REGISTRATION = Set.of(
            Operations.UPDATE_APPLICATION,
            Operations.UPDATE_APPLICATION_CREDENTIALS,
            Operations.CREATE_APPLICATION_CREDENTIALS,
            Operations.ADD_OWNER_TO_APPLICATION,
            Operations.REMOVE_OWNER_FROM_APPLICATION,
            Operations.DELETE_APPLICATION,
            Operations.HARD_DELETE_APPLICATION,
            Operations.RESTORE_APPLICATION);

    private OwnerTenants() {}

    /** Whether it is one of Microsoft's own: by the tenant that its sign-ins state, else by its App ID. */
    public static boolean isMicrosofts(SubjectHistory history) {
        String appId = history.subject().id();
        return history.profile()
                        .getOwnerTenantId()
                        .filter(MicrosoftApps::isOwner)
                        .isPresent()
                || MicrosoftApps.isFirstParty(appId)
                || MicrosoftApps.isAdministrationTool(appId);
    }

    /** Whether it is registered in this tenant: its registration was seen, or an act on it, or its sign-ins say so. */
    public static boolean isRegisteredHere(SubjectHistory history) {
        return Registered.of(history).isPresent()
                || history.profile()
                        .getOwnerTenantId()
                        .filter(history.subject().tenantId()::equals)
                        .isPresent()
                || history.acts().stream()
                        .anyMatch(act -> Facts.succeeded(act) && OF_REGISTRATION.contains(act.getOperation()));
    }
}
