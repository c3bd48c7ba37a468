package io.rolecall.inventory;

import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.DirectoryRole;
import io.rolecall.schema.OwnerChange;
import io.rolecall.source.split.Reason;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Facts of who holds an application, and of the directory roles that an application holds. Graph tells of neither since when. */
final class HolderDrafts {

    private HolderDrafts() {}

    /** What it owns is told by an id that may be an App ID or an object id until everything is read. */
    static Draft owner(ObjectKind kind, ExportedObject exported, Instant exportedAt, String position)
            throws UnusableObjectException {
        String owned = Optional.ofNullable(exported.ownedId())
                .map(id -> id.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new UnusableObjectException(
                        Reason.NO_IDENTITY, "the owner is not told with what it owns: export it with the object"));
        GraphObject object = exported.object();
        String id = Draft.guid(object, "id");
        OwnerChange.Builder owner = OwnerChange.newBuilder().setOwnerId(id);
        object.text("userPrincipalName").or(() -> object.text("displayName")).ifPresent(owner::setOwnerName);
        boolean ofApplication = kind == ObjectKind.APPLICATION_OWNER;
        String operation =
                ofApplication ? Operations.ADD_OWNER_TO_APPLICATION : Operations.ADD_OWNER_TO_SERVICE_PRINCIPAL;
        AppEvent.Builder fact = Draft.fact(kind, operation, ownerKey(owned, id), exportedAt, position)
                .setDetails(owner.build());
        if (ofApplication) {
            fact.setAppObjectId(owned);
        } else {
            fact.setServicePrincipalId(owned);
        }
        return new Draft(kind, ownerKey(owned, id), fact.build(), null);
    }

    /** Under what an owner is kept: nothing but the two ids tells one from another. */
    static String ownerKey(String ownedId, String ownerId) {
        return ownedId + "/owner/" + ownerId;
    }

    static Draft directoryRole(GraphObject object, Instant exportedAt, String position) throws UnusableObjectException {
        String member = Draft.guid(object, "principalId");
        DirectoryRole.Builder role = DirectoryRole.newBuilder()
                .setRoleTemplateId(Draft.guid(object, "roleDefinitionId"))
                .setMemberId(member)
                .setMemberType("service-principal")
                .setAssignment("active");
        object.object("roleDefinition").text("displayName").ifPresent(role::setRoleName);
        object.text("directoryScopeId").filter(scope -> !scope.equals("/")).ifPresent(role::setScope);
        String id = Draft.id(object);
        AppEvent.Builder fact = Draft.fact(
                        ObjectKind.DIRECTORY_ROLE, Operations.ADD_MEMBER_TO_ROLE, id, exportedAt, position)
                .setServicePrincipalId(member)
                .setDetails(role.build());
        return new Draft(ObjectKind.DIRECTORY_ROLE, id, fact.build(), null);
    }
}
