package io.rolecall.inventory;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What exported applications and service principals tell that is part of no fact: which of their properties were exported, and who
 * publishes them. A property that was not exported is not known, which is something else than an empty list.
 */
public final class ExportedDetails {

    private final Map<String, Details> byAppId = new TreeMap<>();

    /**
     * Of one application.
     *
     * @param registration whether its registration was exported, and not its service principal alone
     * @param declared whether the registration was exported with the permissions that it declares
     * @param redirects whether the registration was exported with its redirect addresses
     * @param verifiedPublisher name of the verified publisher
     * @param managedIdentity whether its service principal is a managed identity
     */
    public record Details(
            boolean registration,
            boolean declared,
            boolean redirects,
            Optional<String> verifiedPublisher,
            boolean managedIdentity) {

        /** Nothing is known. */
        public static final Details NONE = new Details(false, false, false, Optional.empty(), false);

        private Details and(Details other) {
            return new Details(
                    registration || other.registration,
                    declared || other.declared,
                    redirects || other.redirects,
                    verifiedPublisher.or(other::verifiedPublisher),
                    managedIdentity || other.managedIdentity);
        }
    }

    ExportedDetails() {}

    /** What is known of an application, by its App ID in lower case. */
    public Details of(String appId) {
        return byAppId.getOrDefault(appId, Details.NONE);
    }

    void add(ObjectKind kind, String appId, GraphObject object) {
        byAppId.merge(appId, read(kind == ObjectKind.SERVICE_PRINCIPAL, object), Details::and);
    }

    private static Details read(boolean principal, GraphObject object) {
        return new Details(
                !principal,
                !principal && object.holdsList("requiredResourceAccess"),
                !principal && (object.has("web") || object.has("spa") || object.has("publicClient")),
                object.object("verifiedPublisher").text("displayName"),
                object.text("servicePrincipalType")
                        .filter("ManagedIdentity"::equalsIgnoreCase)
                        .isPresent());
    }
}
