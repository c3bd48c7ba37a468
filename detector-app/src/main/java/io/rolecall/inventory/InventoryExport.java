package io.rolecall.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.event.AvroJson;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.TrustedRecords;
import io.rolecall.source.ExportedObjects;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Exports of Graph's resource types {@code application}, {@code servicePrincipal}, {@code appRoleAssignment} and
 * {@code oAuth2PermissionGrant}, in any order and any number of files, as facts. Grants name their client and their API by service
 * principal ids, so the facts are complete only when everything is read.
 */
public final class InventoryExport {

    static {
        TrustedRecords.trust();
    }

    private final Consumer<Rejected> rejects;
    private final ExportedObjects objects = new ExportedObjects(new Objects());
    private final List<Draft> drafts = new ArrayList<>();
    private final ServicePrincipals principals = new ServicePrincipals();
    private final Set<String> organizations = new TreeSet<>();
    private final Set<String> registered = new HashSet<>();
    private final Map<String, String> owners = new HashMap<>();
    private final ExportedDetails details = new ExportedDetails();
    private Instant exportedAt = Instant.EPOCH;
    private Instant latest = Instant.EPOCH;
    private long passedOver;

    /** @param rejects told of every object that cannot be used, its place and why */
    public InventoryExport(Consumer<Rejected> rejects) {
        this.rejects = rejects;
    }

    /**
     * Reads a part of an exported file.
     *
     * @param time when the file was exported: the time of facts whose object does not tell when it was made
     */
    public void read(Chunk chunk, Instant time) {
        exportedAt = time;
        latest = time.isAfter(latest) ? time : latest;
        objects.read(chunk);
    }

    /**
     * Tenants that the export itself names, lower case: by its organisation, else as the owner of applications that are registered
     * in it and have a service principal. One, unless exports of several tenants are mixed; none when neither is there.
     */
    public Set<String> tenants() {
        if (!organizations.isEmpty()) {
            return Set.copyOf(organizations);
        }
        Set<String> own = new TreeSet<>(owners.keySet());
        own.retainAll(registered);
        Set<String> tenants = new TreeSet<>();
        own.forEach(appId -> tenants.add(owners.get(appId)));
        return tenants;
    }

    /** What the objects tell beside the facts: credentials, owners, whether they are enabled. */
    public ExportedDetails details() {
        return details;
    }

    /** When the latest of the files was exported. */
    public Instant exportedAt() {
        return latest;
    }

    /** Whether nothing that could be a fact has been read. */
    public boolean isEmpty() {
        return drafts.isEmpty();
    }

    /** Role assignments of users and groups read so far: they are nothing that an application holds. */
    public long passedOver() {
        return passedOver;
    }

    /**
     * The facts.
     *
     * @param kind of the object that a fact is made of
     */
    public record Fact(ObjectKind kind, AppEvent event) {}

    /**
     * The facts of everything read, under their keys on the topic: of an object that was read twice, the last.
     *
     * @param tenantId tenant, lower case
     */
    public Map<String, Fact> facts(String tenantId) {
        Map<String, Fact> facts = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            try {
                AppEvent fact = complete(draft).setTenantId(tenantId).build();
                facts.put(ImportedFacts.key(tenantId, draft.objectId()), new Fact(draft.kind(), fact));
            } catch (UnusableObjectException e) {
                byte[] known = AvroJson.toLine(draft.fact()).getBytes(StandardCharsets.UTF_8);
                rejects.accept(new Rejected(
                        e.reason(), String.valueOf(e.getMessage()), draft.fact().getPosition(), known, known.length));
            }
        }
        return facts;
    }

    private AppEvent.Builder complete(Draft draft) throws UnusableObjectException {
        AppEvent.Builder fact = AppEvent.newBuilder(draft.fact());
        String apiId = draft.apiId();
        if (apiId == null) {
            return fact;
        }
        String clientId = draft.fact().getServicePrincipalId().orElseThrow();
        ServicePrincipals.Known client =
                principals.find(clientId).orElseThrow(() -> absent("the application that holds it", clientId));
        fact.setAppId(client.appId());
        Optional<ServicePrincipals.Known> api = principals.find(apiId);
        if (draft.fact().getDetails().orElse(null) instanceof AppRole role) {
            fact.setDetails(role(role, api));
        } else if (draft.fact().getDetails().orElse(null) instanceof DelegatedGrant grant) {
            DelegatedGrant.Builder complete = DelegatedGrant.newBuilder(grant);
            api.orElseThrow(() -> absent("the API whose scopes it grants", apiId))
                    .apiName()
                    .ifPresent(complete::setResourceName);
            fact.setDetails(complete.build());
        }
        return fact;
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
                        + ", is not in the import: import the service principals together with the grants");
    }

    private final class Objects implements ExportedObjects.Sink {

        @Override
        public void object(JsonNode json, String position) {
            GraphObject object = new GraphObject(json);
            try {
                ObjectKind kind = ObjectKind.of(object)
                        .orElseThrow(() -> new UnusableObjectException(
                                Reason.NOT_AN_EVENT,
                                "neither an application, a service principal, an app role assignment nor a delegated"
                                        + " permission grant of Microsoft Graph; objects cut down with $select need"
                                        + " signInAudience or servicePrincipalType"));
                take(kind, object, position);
            } catch (UnusableObjectException e) {
                byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
                byte[] head =
                        text.length <= Rejected.MOST_BYTES ? text : java.util.Arrays.copyOf(text, Rejected.MOST_BYTES);
                rejected(new Rejected(e.reason(), String.valueOf(e.getMessage()), position, head, text.length));
            }
        }

        private void take(ObjectKind kind, GraphObject object, String position) throws UnusableObjectException {
            Optional<Draft> draft = Draft.of(kind, object, exportedAt, position);
            draft.ifPresent(drafts::add);
            draft.flatMap(known -> known.fact().getAppId()).ifPresent(appId -> details.add(kind, appId, object));
            switch (kind) {
                case ORGANIZATION -> object.guid("id").ifPresent(organizations::add);
                case APP_ROLE_ASSIGNMENT -> passedOver += draft.isEmpty() ? 1 : 0;
                case APPLICATION ->
                    draft.flatMap(known -> known.fact().getAppId()).ifPresent(registered::add);
                case SERVICE_PRINCIPAL ->
                    draft.flatMap(known -> known.fact().getAppId()).ifPresent(appId -> {
                        principals.add(draft.orElseThrow().objectId(), appId, object);
                        object.guid("appOwnerOrganizationId").ifPresent(owner -> owners.put(appId, owner));
                    });
                case PERMISSION_GRANT -> {
                    // Nothing but its draft is needed.
                }
            }
        }

        @Override
        public void rejected(Rejected rejected) {
            rejects.accept(rejected);
        }
    }
}
