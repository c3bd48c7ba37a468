package io.rolecall.source;

import io.rolecall.event.OperationGroups;
import io.rolecall.event.Operations;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.ServicePrincipalState;
import java.util.ArrayList;
import java.util.List;

/** Which facts the directory events of each operation carry. */
final class DirectoryDetails {

    private DirectoryDetails() {}

    /** What the event is about: one part, or one for each thing an update changed. */
    static List<Part> parts(DirectoryEvent event) {
        return switch (event.operation()) {
            case Operations.ADD_APPLICATION ->
                List.of(new Part(event.application(), RegistrationDetails.registration(event.properties())));
            case Operations.UPDATE_APPLICATION,
                    Operations.DELETE_APPLICATION,
                    Operations.HARD_DELETE_APPLICATION,
                    Operations.RESTORE_APPLICATION,
                    Operations.UPDATE_APPLICATION_CREDENTIALS,
                    Operations.CREATE_APPLICATION_CREDENTIALS -> each(event.application(), applicationChanges(event));
            case Operations.ADD_SERVICE_PRINCIPAL,
                    Operations.UPDATE_SERVICE_PRINCIPAL,
                    Operations.REMOVE_SERVICE_PRINCIPAL,
                    Operations.HARD_DELETE_SERVICE_PRINCIPAL,
                    Operations.RESTORE_SERVICE_PRINCIPAL,
                    Operations.DISABLE_SERVICE_PRINCIPAL,
                    Operations.ENABLE_SERVICE_PRINCIPAL,
                    Operations.ADD_SERVICE_PRINCIPAL_CREDENTIALS,
                    Operations.REMOVE_SERVICE_PRINCIPAL_CREDENTIALS ->
                each(event.servicePrincipal(), principalChanges(event));
            case Operations.ADD_APP_ROLE, Operations.REMOVE_APP_ROLE, Operations.REMOVE_APP_ROLE_BY_LINK ->
                GrantDetails.appRoles(event);
            case Operations.ADD_APP_ROLE_TO_USER,
                    Operations.REMOVE_APP_ROLE_FROM_USER,
                    Operations.REMOVE_APP_ROLE_GRANT_FROM_USER -> List.of(GrantDetails.appRoleToUser(event));
            case Operations.ADD_DELEGATED_GRANT, Operations.UPDATE_DELEGATED_GRANT, Operations.REMOVE_DELEGATED_GRANT ->
                List.of(GrantDetails.delegated(event));
            case Operations.CONSENT, Operations.REVOKE_CONSENT -> List.of(GrantDetails.consent(event));
            case Operations.ADD_OWNER_TO_APPLICATION, Operations.REMOVE_OWNER_FROM_APPLICATION ->
                List.of(owner(event, "Application.", true));
            case Operations.ADD_OWNER_TO_SERVICE_PRINCIPAL, Operations.REMOVE_OWNER_FROM_SERVICE_PRINCIPAL ->
                List.of(owner(event, "ServicePrincipal.", false));
            default -> List.of(other(event));
        };
    }

    private static List<Part> each(AppRef app, List<Object> changes) {
        if (changes.isEmpty()) {
            return List.of(new Part(app, null));
        }
        List<Part> parts = new ArrayList<>(changes.size());
        changes.forEach(change -> parts.add(new Part(app, change)));
        return parts;
    }

    private static List<Object> applicationChanges(DirectoryEvent event) {
        boolean tombstone = event.operation().endsWith("delete-application");
        return tombstone ? List.of() : RegistrationDetails.changes(event.properties());
    }

    private static List<Object> principalChanges(DirectoryEvent event) {
        List<Object> changes = new ArrayList<>();
        Boolean enabled =
                switch (event.operation()) {
                    case Operations.DISABLE_SERVICE_PRINCIPAL -> Boolean.FALSE;
                    case Operations.ENABLE_SERVICE_PRINCIPAL -> Boolean.TRUE;
                    default -> event.properties().bool("AccountEnabled");
                };
        if (enabled != null) {
            changes.add(ServicePrincipalState.newBuilder()
                    .setAccountEnabled(enabled)
                    .build());
        }
        for (Object change : new Object[] {
            RegistrationDetails.redirects(event.properties()), KeyDescriptions.change(event.properties())
        }) {
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** The new owner stands first, the registration or service principal in the properties and, at times, second. */
    private static Part owner(DirectoryEvent event, String prefix, boolean registration) {
        ModifiedProperties properties = event.properties();
        String named = properties.guid(prefix + "ObjectID");
        Target owner = Target.NONE;
        Target app = Target.NONE;
        for (Target target : event.targets()) {
            boolean owned = target.id() != null && target.id().equals(named);
            if (!owned && owner.equals(Target.NONE)) {
                owner = target;
            } else if (app.equals(Target.NONE)) {
                app = target;
            }
        }
        String objectId = Values.first(named, app.id());
        String appId = Values.first(
                properties.guid(prefix + "AppId"), registration ? null : properties.guid(prefix + "Name"), app.appId());
        AppRef ref = new AppRef(
                appId,
                registration ? objectId : null,
                registration ? null : objectId,
                Values.first(properties.either(prefix + "DisplayName"), app.name()));
        OwnerChange change = OwnerChange.newBuilder()
                .setOwnerId(owner.id())
                .setOwnerName(Values.first(owner.principalName(), owner.name()))
                .build();
        return new Part(ref, change);
    }

    private static Part other(DirectoryEvent event) {
        String operation = event.operation();
        if (RoleDetails.isRole(operation)) {
            return RoleDetails.of(event);
        }
        if (OperationGroups.CONSENT_REQUESTS.contains(operation)) {
            return new Part(requested(event), null);
        }
        if (Operations.USER_CHANGES.contains(operation)) {
            return new Part(AppRef.NONE, PolicyDetails.ofUser(event));
        }
        return PolicyDetails.isPolicy(operation) ? new Part(AppRef.NONE, PolicyDetails.of(event)) : Part.NOTHING;
    }

    /** The application that a request to an administrator is for; other requests than those for a consent name none. */
    private static AppRef requested(DirectoryEvent event) {
        AppRef principal = event.servicePrincipal();
        return principal.appId() == null && principal.servicePrincipalId() == null ? event.application() : principal;
    }
}
