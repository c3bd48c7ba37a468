package io.rolecall.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What exported applications and service principals tell that is no fact of a history: credentials with their validity, owners,
 * whether it is enabled. A property that was not exported is not known, which is something else than an empty list.
 */
public final class ExportedDetails {

    private final Map<String, Details> byAppId = new TreeMap<>();

    /**
     * Of one application.
     *
     * @param registration whether its registration was exported, and not its service principal alone
     * @param keys its credentials, of the registration and of the service principal
     * @param keysTold whether the registration was exported with its credentials, be there none
     * @param owners owners of both
     * @param ownersTold whether the registration was exported with its owners, be there none
     * @param enabled whether its service principal may sign in
     * @param declared whether the registration was exported with the permissions that it declares
     * @param redirects whether the registration was exported with its redirect addresses
     * @param verifiedPublisher name of the verified publisher
     * @param managedIdentity whether its service principal is a managed identity
     */
    public record Details(
            boolean registration,
            List<ExportedKey> keys,
            boolean keysTold,
            List<ExportedOwner> owners,
            boolean ownersTold,
            Optional<Boolean> enabled,
            boolean declared,
            boolean redirects,
            Optional<String> verifiedPublisher,
            boolean managedIdentity) {

        /** Nothing is known. */
        public static final Details NONE = new Details(
                false, List.of(), false, List.of(), false, Optional.empty(), false, false, Optional.empty(), false);

        public Details {
            keys = List.copyOf(keys);
            owners = List.copyOf(owners);
        }

        private Details and(Details other) {
            return new Details(
                    registration || other.registration,
                    both(keys, other.keys),
                    keysTold || other.keysTold,
                    both(owners, other.owners),
                    ownersTold || other.ownersTold,
                    enabled.or(other::enabled),
                    declared || other.declared,
                    redirects || other.redirects,
                    verifiedPublisher.or(other::verifiedPublisher),
                    managedIdentity || other.managedIdentity);
        }

        private static <T> List<T> both(List<T> one, List<T> other) {
            return Stream.concat(one.stream(), other.stream()).distinct().toList();
        }
    }

    ExportedDetails() {}

    /** What is known of an application, by its App ID in lower case. */
    public Details of(String appId) {
        return byAppId.getOrDefault(appId, Details.NONE);
    }

    void add(ObjectKind kind, String appId, GraphObject object) {
        if (kind == ObjectKind.APPLICATION || kind == ObjectKind.SERVICE_PRINCIPAL) {
            byAppId.merge(appId, read(kind == ObjectKind.SERVICE_PRINCIPAL, object), Details::and);
        }
    }

    private static Details read(boolean principal, GraphObject object) {
        boolean keysTold = object.holdsList("passwordCredentials") && object.holdsList("keyCredentials");
        return new Details(
                !principal,
                keys(principal, object),
                !principal && keysTold,
                owners(object),
                !principal && object.holdsList("owners"),
                principal ? object.flag("accountEnabled") : Optional.empty(),
                !principal && object.holdsList("requiredResourceAccess"),
                !principal && (object.has("web") || object.has("spa") || object.has("publicClient")),
                object.object("verifiedPublisher").text("displayName"),
                object.text("servicePrincipalType")
                        .filter("ManagedIdentity"::equalsIgnoreCase)
                        .isPresent());
    }

    private static List<ExportedKey> keys(boolean principal, GraphObject object) {
        Map<String, ExportedKey> keys = new LinkedHashMap<>();
        for (GraphObject certificate : object.objects("keyCredentials")) {
            key(certificate, "certificate", principal).ifPresent(key -> keys.put(key.keyId(), key));
        }
        // The signing half of a SAML certificate has a secret of its own key id, which guards it and lets nobody sign
        // in.
        for (GraphObject secret : object.objects("passwordCredentials")) {
            key(secret, "secret", principal).ifPresent(key -> keys.putIfAbsent(key.keyId(), key));
        }
        return List.copyOf(keys.values());
    }

    private static Optional<ExportedKey> key(GraphObject key, String type, boolean principal) {
        return key.guid("keyId")
                .map(id -> new ExportedKey(
                        id,
                        type,
                        key.text("usage").orElse("").toLowerCase(Locale.ROOT),
                        key.text("displayName"),
                        time(key, "startDateTime"),
                        time(key, "endDateTime"),
                        principal));
    }

    private static List<ExportedOwner> owners(GraphObject object) {
        List<ExportedOwner> owners = new ArrayList<>();
        for (GraphObject owner : object.objects("owners")) {
            owner.guid("id")
                    .ifPresent(id -> owners.add(new ExportedOwner(
                            id, owner.text("userPrincipalName").or(() -> owner.text("displayName")), gone(owner))));
        }
        return owners;
    }

    private static Optional<String> gone(GraphObject owner) {
        if (owner.text("deletedDateTime").isPresent()) {
            return Optional.of("deleted");
        }
        return owner.flag("accountEnabled").filter(enabled -> !enabled).map(no -> "disabled");
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
