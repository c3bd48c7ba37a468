package io.rolecall.inventory;

import io.rolecall.event.Operations;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.ServicePrincipalState;
import io.rolecall.source.split.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fact as far as one object tells it: without the tenant, and for a grant without what the service principals tell.
 *
 * @param kind of the object
 * @param objectId id of the object, unique in its tenant
 * @param fact the fact
 * @param apiId for a grant, the service principal id of the API
 */
record Draft(
        ObjectKind kind,
        String objectId,
        AppEvent fact,
        @Nullable String apiId) {

    private static final int MOST_ID_CHARACTERS = 512;

    /**
     * Reads an object.
     *
     * @param exportedAt time of the fact when the object does not tell when it was made
     * @return empty for an object that is no fact of an application: a role that a user or a group was assigned to
     * @throws UnusableObjectException when something is missing that makes it a fact
     */
    static Optional<Draft> of(ObjectKind kind, ExportedObject exported, Instant exportedAt, String position)
            throws UnusableObjectException {
        GraphObject object = exported.object();
        return switch (kind) {
            case APPLICATION -> Optional.of(application(object, exportedAt, position));
            case SERVICE_PRINCIPAL -> Optional.of(servicePrincipal(object, exportedAt, position));
            case APP_ROLE_ASSIGNMENT -> assignment(object, exportedAt, position);
            case PERMISSION_GRANT -> Optional.of(grant(object, exportedAt, position));
            case APPLICATION_OWNER, SERVICE_PRINCIPAL_OWNER ->
                Optional.of(HolderDrafts.owner(kind, exported, exportedAt, position));
            case DIRECTORY_ROLE -> Optional.of(HolderDrafts.directoryRole(object, exportedAt, position));
            case ORGANIZATION -> Optional.empty();
        };
    }

    /** What is not known to have been added at some time is only known to be there: the fact of an update, not of an addition. */
    private static Draft application(GraphObject object, Instant exportedAt, String position)
            throws UnusableObjectException {
        Optional<Instant> created = object.time("createdDateTime");
        String id = guid(object, "id");
        String operation = created.isPresent() ? Operations.ADD_APPLICATION : Operations.UPDATE_APPLICATION;
        AppEvent.Builder fact = fact(ObjectKind.APPLICATION, operation, id, created.orElse(exportedAt), position)
                .setAppId(guid(object, "appId"))
                .setAppObjectId(id)
                .setDetails(RegistrationReader.read(object));
        object.text("displayName").ifPresent(fact::setAppDisplayName);
        return new Draft(ObjectKind.APPLICATION, id, fact.build(), null);
    }

    private static Draft servicePrincipal(GraphObject object, Instant exportedAt, String position)
            throws UnusableObjectException {
        Optional<Instant> created = object.time("createdDateTime");
        String id = guid(object, "id");
        String operation = created.isPresent() ? Operations.ADD_SERVICE_PRINCIPAL : Operations.UPDATE_SERVICE_PRINCIPAL;
        AppEvent.Builder fact = fact(ObjectKind.SERVICE_PRINCIPAL, operation, id, created.orElse(exportedAt), position)
                .setAppId(guid(object, "appId"))
                .setServicePrincipalId(id);
        object.text("displayName").ifPresent(fact::setAppDisplayName);
        object.guid("appOwnerOrganizationId")
                .ifPresent(owner -> fact.setDetails(ServicePrincipalState.newBuilder()
                        .setOwnerTenantId(owner)
                        .build()));
        return new Draft(ObjectKind.SERVICE_PRINCIPAL, id, fact.build(), null);
    }

    private static Optional<Draft> assignment(GraphObject object, Instant exportedAt, String position)
            throws UnusableObjectException {
        boolean ofApplication = object.text("principalType")
                .map("ServicePrincipal"::equalsIgnoreCase)
                .orElse(true);
        if (!ofApplication) {
            return Optional.empty();
        }
        Instant created = object.time("createdDateTime").orElse(exportedAt);
        String id = id(object);
        AppRole.Builder role = AppRole.newBuilder();
        object.guid("appRoleId").ifPresent(role::setRoleId);
        object.text("resourceDisplayName").ifPresent(role::setResourceName);
        AppEvent.Builder fact = fact(ObjectKind.APP_ROLE_ASSIGNMENT, Operations.ADD_APP_ROLE, id, created, position)
                .setServicePrincipalId(guid(object, "principalId"))
                .setDetails(role.build());
        object.text("principalDisplayName").ifPresent(fact::setAppDisplayName);
        return Optional.of(new Draft(ObjectKind.APP_ROLE_ASSIGNMENT, id, fact.build(), guid(object, "resourceId")));
    }

    private static Draft grant(GraphObject object, Instant exportedAt, String position) throws UnusableObjectException {
        List<String> scopes = object.text("scope")
                .map(scope -> Arrays.stream(scope.split("\\s+")).distinct().toList())
                .orElse(List.of());
        String api = guid(object, "resourceId");
        DelegatedGrant.Builder grant = DelegatedGrant.newBuilder()
                .setResourceId(api)
                .setConsentType(consentType(object))
                .setScopes(scopes)
                .setAdded(scopes);
        object.guid("principalId").ifPresent(grant::setPrincipalId);
        String id = id(object);
        // Graph does not tell when a delegated grant was made: it is known from the export on.
        AppEvent.Builder fact = fact(
                        ObjectKind.PERMISSION_GRANT, Operations.ADD_DELEGATED_GRANT, id, exportedAt, position)
                .setServicePrincipalId(guid(object, "clientId"))
                .setDetails(grant.build());
        return new Draft(ObjectKind.PERMISSION_GRANT, id, fact.build(), api);
    }

    private static String consentType(GraphObject grant) throws UnusableObjectException {
        String type = grant.text("consentType").orElse("");
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "allprincipals" -> "all-principals";
            case "principal" -> "principal";
            default ->
                throw new UnusableObjectException(
                        Reason.NOT_AN_EVENT, "consentType is neither AllPrincipals nor Principal");
        };
    }

    static AppEvent.Builder fact(ObjectKind kind, String operation, String objectId, Instant time, String position) {
        return AppEvent.newBuilder()
                .setEventId(ImportedFacts.eventId(objectId))
                .setSource(ImportedFacts.SOURCE)
                .setEnvelope("graph")
                .setOperation(operation)
                .setRawOperation(kind.type())
                .setEventTime(time)
                .setTenantId("")
                .setOutcome("success")
                .setActor(Actor.newBuilder().setType("unknown").build())
                .setPosition(position);
    }

    static String guid(GraphObject object, String name) throws UnusableObjectException {
        return object.guid(name)
                .orElseThrow(() -> new UnusableObjectException(
                        Reason.NO_IDENTITY,
                        name + (object.has(name) ? " is no GUID" : " is missing: export it with the object")));
    }

    /** Ids of grants are no GUIDs. */
    static String id(GraphObject object) throws UnusableObjectException {
        return object.text("id")
                .filter(id -> id.length() <= MOST_ID_CHARACTERS)
                .orElseThrow(() ->
                        new UnusableObjectException(Reason.NO_IDENTITY, "id is missing: export it with the object"));
    }
}
