package io.rolecall.source;

import io.rolecall.event.Operations;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.DirectoryRole;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.PropertyChange;
import io.rolecall.schema.ServicePrincipalState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which facts the directory events of each operation carry. */
final class DirectoryDetails {

    private static final Set<String> PRINCIPALS = Set.of(Target.USER, Target.SERVICE_PRINCIPAL, Target.GROUP);

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
                List.of(GrantDetails.appRole(event));
            case Operations.ADD_APP_ROLE_TO_USER,
                    Operations.REMOVE_APP_ROLE_FROM_USER,
                    Operations.REMOVE_APP_ROLE_GRANT_FROM_USER -> List.of(GrantDetails.appRoleToUser(event));
            case Operations.ADD_DELEGATED_GRANT, Operations.UPDATE_DELEGATED_GRANT, Operations.REMOVE_DELEGATED_GRANT ->
                List.of(GrantDetails.delegated(event));
            case Operations.CONSENT, Operations.REVOKE_CONSENT -> List.of(GrantDetails.consent(event));
            case Operations.ADD_OWNER_TO_APPLICATION, Operations.REMOVE_OWNER_FROM_APPLICATION ->
                List.of(owner(event, "Application."));
            case Operations.ADD_OWNER_TO_SERVICE_PRINCIPAL, Operations.REMOVE_OWNER_FROM_SERVICE_PRINCIPAL ->
                List.of(owner(event, "ServicePrincipal."));
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
            changes.add(new ServicePrincipalState(enabled));
        }
        Object credentials = KeyDescriptions.change(event.properties());
        if (credentials != null) {
            changes.add(credentials);
        }
        return changes;
    }

    private static Part owner(DirectoryEvent event, String prefix) {
        ModifiedProperties properties = event.properties();
        boolean registration = prefix.startsWith("A");
        Target app = event.targets().size() > 1 ? event.targets().get(1) : Target.NONE;
        Target owner = event.targets().isEmpty() ? Target.NONE : event.targets().get(0);
        String objectId = Values.first(properties.guid(prefix + "ObjectID"), app.id());
        AppRef ref = new AppRef(
                properties.guid(prefix + "AppId"),
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
        if (CatalogueOperations.DIRECTORY_ROLES.contains(event.operation())) {
            return directoryRole(event);
        }
        return CatalogueOperations.TENANT_POLICIES.contains(event.operation())
                ? new Part(AppRef.NONE, policy(event.properties()))
                : Part.NOTHING;
    }

    private static Part directoryRole(DirectoryEvent event) {
        ModifiedProperties properties = event.properties();
        Target member = member(event.targets());
        DirectoryRole role = DirectoryRole.newBuilder()
                .setRoleTemplateId(properties.guid("Role.TemplateId"))
                .setRoleName(Values.first(
                        properties.either("Role.DisplayName"),
                        event.target(Target.ROLE).name()))
                .setMemberId(member.id())
                .setMemberType(memberType(member))
                .build();
        boolean principal = member.type().equals(Target.SERVICE_PRINCIPAL);
        return new Part(principal ? event.servicePrincipal() : AppRef.NONE, role);
    }

    /** Events of privileged identity management name the directory and the request too, in any order. */
    private static Target member(List<Target> targets) {
        Target other = Target.NONE;
        for (Target target : targets) {
            boolean principal = PRINCIPALS.contains(target.type());
            if (principal && target.id() != null) {
                return target;
            }
            boolean maybe = !principal
                    && !target.type().equals(Target.ROLE)
                    && !target.type().equals("directory");
            other = maybe && target.id() != null && other.id() == null ? target : other;
        }
        return other;
    }

    private static @Nullable String memberType(Target member) {
        return switch (member.type()) {
            case "" -> null;
            case Target.USER -> "user";
            case Target.SERVICE_PRINCIPAL -> "service-principal";
            case Target.GROUP -> "group";
            default -> "other";
        };
    }

    private static ConsentPolicyChange policy(ModifiedProperties properties) {
        List<PropertyChange> changes = new ArrayList<>();
        for (ModifiedProperties.Property property : properties.all()) {
            String old = Renderings.text(property.old());
            String now = Renderings.text(property.now());
            if (!property.name().equalsIgnoreCase(ModifiedProperties.INCLUDED) && !Objects.equals(old, now)) {
                changes.add(new PropertyChange(property.name(), old, now));
            }
        }
        return ConsentPolicyChange.newBuilder().setChanges(changes).build();
    }
}
