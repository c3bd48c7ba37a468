package io.rolecall.inventory;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.OwnerChange;
import io.rolecall.source.split.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How the objects of an export hang together: completes the facts whose objects name others by ids. */
final class ExportedGraph {

    private final ServicePrincipals principals = new ServicePrincipals();
    private final Map<String, String> objectIds = new HashMap<>();
    private final Map<String, String> appIds = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();

    /** Notes an object by which others are named. */
    void add(Draft draft, GraphObject object) {
        Optional<String> appId = draft.fact().getAppId();
        if (draft.kind() == ObjectKind.APPLICATION) {
            appId.ifPresent(id -> {
                objectIds.put(id, draft.objectId());
                appIds.put(draft.objectId(), id);
            });
        }
        if (draft.kind() == ObjectKind.SERVICE_PRINCIPAL) {
            appId.ifPresent(id -> {
                principals.add(draft.objectId(), id, object);
                object.guid("appOwnerOrganizationId").ifPresent(owner -> owners.put(id, owner));
            });
        }
    }

    /** Tenants that own applications which are registered in the export and have a service principal. */
    Set<String> owningTenants() {
        Set<String> tenants = new TreeSet<>();
        owners.forEach((appId, owner) -> {
            if (objectIds.containsKey(appId)) {
                tenants.add(owner);
            }
        });
        return tenants;
    }

    /** Whether a fact is of a member that is no application: a directory role of a person or a group. */
    boolean isOfNobody(Draft draft) {
        return draft.kind() == ObjectKind.DIRECTORY_ROLE
                && draft.fact()
                        .getServicePrincipalId()
                        .flatMap(principals::find)
                        .isEmpty();
    }

    /**
     * The fact of a draft with what other objects tell.
     *
     * @throws UnusableObjectException when an object without which it is no fact was not exported
     */
    AppEvent.Builder complete(Draft draft) throws UnusableObjectException {
        AppEvent.Builder fact = AppEvent.newBuilder(draft.fact());
        if (draft.kind() == ObjectKind.APPLICATION_OWNER) {
            return ownedApplication(fact, draft.fact());
        }
        if (draft.fact().getAppId().isPresent()) {
            return fact;
        }
        String clientId = draft.fact().getServicePrincipalId().orElseThrow();
        ServicePrincipals.Known client =
                principals.find(clientId).orElseThrow(() -> absent("the application that holds it", clientId));
        fact.setAppId(client.appId());
        String apiId = draft.apiId();
        Optional<ServicePrincipals.Known> api = Optional.ofNullable(apiId).flatMap(principals::find);
        if (draft.fact().getDetails().orElse(null) instanceof AppRole role) {
            fact.setDetails(role(role, api));
        } else if (draft.fact().getDetails().orElse(null) instanceof DelegatedGrant grant) {
            DelegatedGrant.Builder complete = DelegatedGrant.newBuilder(grant);
            api.orElseThrow(() -> absent("the API whose scopes it grants", String.valueOf(apiId)))
                    .apiName()
                    .ifPresent(complete::setResourceName);
            fact.setDetails(complete.build());
        }
        return fact;
    }

    /** AzureHound names an owned application by an id that may be either of the two. */
    private AppEvent.Builder ownedApplication(AppEvent.Builder fact, AppEvent draft) throws UnusableObjectException {
        String owned = draft.getAppObjectId().orElseThrow();
        String objectId = objectIds.getOrDefault(owned, owned);
        String appId = appIds.get(objectId);
        if (appId == null) {
            throw new UnusableObjectException(
                    Reason.NO_IDENTITY,
                    "the application that is owned, " + owned
                            + ", is not in the import: import the applications together with their owners");
        }
        String owner = draft.getDetails()
                .map(OwnerChange.class::cast)
                .flatMap(OwnerChange::getOwnerId)
                .orElseThrow();
        return fact.setAppId(appId)
                .setAppObjectId(objectId)
                .setEventId(ImportedFacts.eventId(HolderDrafts.ownerKey(objectId, owner)));
    }

    private static AppRole role(AppRole role, Optional<ServicePrincipals.Known> api) {
        AppRole.Builder complete = AppRole.newBuilder(role);
        api.ifPresent(known -> {
            complete.setResourceAppId(known.appId());
            known.apiName().ifPresent(complete::setResourceName);
            role.getRoleId().flatMap(known::role).ifPresent(complete::setRoleValue);
        });
        return complete.build();
    }

    private static UnusableObjectException absent(String who, String servicePrincipalId) {
        return new UnusableObjectException(
                Reason.NO_IDENTITY,
                who + ", service principal " + servicePrincipalId
                        + ", is not in the import: import the service principals together with what they hold");
    }
}
