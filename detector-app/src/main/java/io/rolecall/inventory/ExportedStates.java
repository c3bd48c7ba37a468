package io.rolecall.inventory;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ExportedCredential;
import io.rolecall.schema.ExportedOwner;
import io.rolecall.schema.ExportedState;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.Registration;
import io.rolecall.schema.ServicePrincipalState;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the objects of an export state of applications and service principals that no log tells: credentials with their validity, owners,
 * whether it is enabled. An object may be read several times, with other properties each; its owners may be objects of their own.
 */
final class ExportedStates {

    private final Map<String, ExportedState> states = new HashMap<>();
    private final Map<String, String> gone = new HashMap<>();

    /**
     * Takes what an object states.
     *
     * @param at when it was exported
     */
    void add(ObjectKind kind, String appId, GraphObject object, Instant at) {
        ExportedState.Builder state = ExportedState.newBuilder();
        Optional<Boolean> enabled =
                kind == ObjectKind.SERVICE_PRINCIPAL ? object.flag("accountEnabled") : Optional.empty();
        enabled.ifPresent(value -> state.setEnabledAt(at.toEpochMilli()).setEnabled(value));
        if (object.holdsList("passwordCredentials") && object.holdsList("keyCredentials")) {
            state.setCredentialsAt(at.toEpochMilli()).setCredentials(credentials(object));
        }
        // PowerShell writes the list empty also where nobody asked for it.
        if (object.spelt("owners")) {
            state.setOwnersAt(at.toEpochMilli());
        }
        merge(kind, appId, state.build());
    }

    /** Takes what the object of an owner states of it. */
    void addOwner(GraphObject owner) {
        Optional<String> state = owner.text("deletedDateTime").isPresent()
                ? Optional.of("deleted")
                : owner.flag("accountEnabled").filter(enabled -> !enabled).map(no -> "disabled");
        owner.guid("id").ifPresent(id -> state.ifPresent(value -> gone.put(id, value)));
    }

    /** Takes the complete fact of an owner: whoever lists owners lists all. */
    void addOwner(ObjectKind kind, AppEvent fact) {
        Optional<OwnerChange> change = fact.getDetails().map(OwnerChange.class::cast);
        Optional<String> id = change.flatMap(OwnerChange::getOwnerId);
        if (id.isEmpty() || fact.getAppId().isEmpty()) {
            return;
        }
        ExportedOwner.Builder owner = ExportedOwner.newBuilder().setOwnerId(id.orElseThrow());
        change.flatMap(OwnerChange::getOwnerName).ifPresent(owner::setName);
        Optional.ofNullable(gone.get(id.orElseThrow())).ifPresent(owner::setGone);
        merge(
                kind == ObjectKind.APPLICATION_OWNER ? ObjectKind.APPLICATION : ObjectKind.SERVICE_PRINCIPAL,
                fact.getAppId().orElseThrow(),
                ExportedState.newBuilder()
                        .setOwnersAt(fact.getEventTime().toEpochMilli())
                        .setOwners(List.of(owner.build()))
                        .build());
    }

    /** The fact of an object with what is stated of it. */
    AppEvent complete(ObjectKind kind, AppEvent fact) {
        ExportedState state = states.get(key(kind, fact.getAppId().orElse("")));
        if (state == null || state.equals(ExportedState.newBuilder().build())) {
            return fact;
        }
        AppEvent.Builder complete = AppEvent.newBuilder(fact);
        Object details = fact.getDetails().orElse(null);
        if (kind == ObjectKind.APPLICATION && details instanceof Registration registration) {
            complete.setDetails(
                    Registration.newBuilder(registration).setExported(state).build());
        }
        if (kind == ObjectKind.SERVICE_PRINCIPAL) {
            ServicePrincipalState.Builder known = details instanceof ServicePrincipalState principal
                    ? ServicePrincipalState.newBuilder(principal)
                    : ServicePrincipalState.newBuilder();
            complete.setDetails(known.setExported(state).build());
        }
        return complete.build();
    }

    private void merge(ObjectKind kind, String appId, ExportedState state) {
        ExportedState empty = ExportedState.newBuilder().build();
        // With nothing beside it a state is cut to what is kept, too.
        ExportedState told = ExportedParts.merge(Optional.of(empty), Optional.of(state));
        states.put(
                key(kind, appId),
                ExportedParts.merge(Optional.ofNullable(states.get(key(kind, appId))), Optional.ofNullable(told)));
    }

    private static String key(ObjectKind kind, String appId) {
        return kind + "/" + appId;
    }

    private static List<ExportedCredential> credentials(GraphObject object) {
        Map<String, ExportedCredential> keys = new LinkedHashMap<>();
        for (GraphObject certificate : object.objects("keyCredentials")) {
            key(certificate, "certificate").ifPresent(key -> keys.put(key.getKeyId(), key));
        }
        // The signing half of a SAML certificate has a secret of its own key id, which guards it and lets nobody sign
        // in.
        for (GraphObject secret : object.objects("passwordCredentials")) {
            key(secret, "secret").ifPresent(key -> keys.putIfAbsent(key.getKeyId(), key));
        }
        return List.copyOf(keys.values());
    }

    private static Optional<ExportedCredential> key(GraphObject key, String type) {
        return key.guid("keyId").map(id -> {
            ExportedCredential.Builder credential =
                    ExportedCredential.newBuilder().setKeyId(id).setType(type);
            key.text("usage").map(usage -> usage.toLowerCase(Locale.ROOT)).ifPresent(credential::setUsage);
            key.text("displayName").ifPresent(credential::setDisplayName);
            time(key, "startDateTime").map(Instant::toEpochMilli).ifPresent(credential::setValidFrom);
            time(key, "endDateTime").map(Instant::toEpochMilli).ifPresent(credential::setValidUntil);
            return credential.build();
        });
    }

    /** A time that is none is not known. */
    private static Optional<Instant> time(GraphObject object, String name) {
        try {
            return object.time(name);
        } catch (UnusableObjectException e) {
            return Optional.empty();
        }
    }
}
