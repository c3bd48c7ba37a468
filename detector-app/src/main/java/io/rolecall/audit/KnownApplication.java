package io.rolecall.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one application in one tenant, before it is judged: a function of its facts, without the time of the audit. What is
 * null is not known; a list may be incomplete, which a flag beside it tells.
 *
 * @param tenantId tenant, lower case
 * @param id App ID, of an unresolved application {@code sp:<tenant>/<id>}
 * @param resolved whether {@code id} is an App ID
 * @param objectId object id of the registration
 * @param servicePrincipalId service principal id
 * @param displayName latest name
 * @param state {@code enabled}, {@code disabled}, {@code deleted} or {@code unknown}
 * @param stateSince when it was disabled or deleted
 * @param tenancy single, multi, multi-and-personal or personal
 * @param registeredHere whether it is known to be registered in this tenant
 * @param microsofts whether it is one of Microsoft's own
 * @param registeredAt when it was registered, or its service principal added
 * @param registeredBy who did
 * @param registrationSeen whether the history holds the act, so that everything since is known of the logs that were read
 * @param ownerTenantId the tenant that owns it
 * @param publisherDomain publisher domain of the registration
 * @param verifiedPublisher name of the verified publisher
 * @param permissions what it holds
 * @param permissionsComplete whether it can hold no other
 * @param users who let it use their data by their own consents, the first ones
 * @param userCount how many those are
 * @param lastAuthorised when it was last given a permission, or consented to
 * @param lastOwnUse when it last signed in, acted or used mail or files itself
 * @param lastUserUse when a user last signed in to it
 * @param useKnown whether sign-ins and use are remembered of it at all
 * @param managedIdentity whether it is known to be a managed identity; null when nothing tells
 * @param owners its owners
 * @param ownersExported whether an export tells all owners
 * @param ownersContradicted whether somebody ceased to be an owner whom nothing had told of, so that the logs do not tell all
 * @param credentials its credentials
 * @param credentialsExported whether an export tells all credentials
 * @param redirects its redirect addresses
 * @param redirectsComplete whether it can have no other
 * @param alerts open alerts about it
 * @param incidentId its incident, while an alert above informational stands
 * @param lastEvent time of the latest event about it; null when only an import knows it
 */
public record KnownApplication(
        String tenantId,
        String id,
        boolean resolved,
        @Nullable String objectId,
        @Nullable String servicePrincipalId,
        @Nullable String displayName,
        String state,
        @Nullable Instant stateSince,
        @Nullable String tenancy,
        boolean registeredHere,
        boolean microsofts,
        @Nullable Instant registeredAt,
        @Nullable String registeredBy,
        boolean registrationSeen,
        @Nullable String ownerTenantId,
        @Nullable String publisherDomain,
        @Nullable String verifiedPublisher,
        List<Permit> permissions,
        boolean permissionsComplete,
        List<String> users,
        long userCount,
        @Nullable Instant lastAuthorised,
        @Nullable Use lastOwnUse,
        @Nullable Use lastUserUse,
        boolean useKnown,
        @Nullable Boolean managedIdentity,
        List<Owner> owners,
        boolean ownersExported,
        boolean ownersContradicted,
        List<HeldKey> credentials,
        boolean credentialsExported,
        List<Redirect> redirects,
        boolean redirectsComplete,
        List<Raised> alerts,
        @Nullable String incidentId,
        @Nullable Instant lastEvent) {

    /** State of an application that is gone. */
    public static final String DELETED = "deleted";

    /** State of one whose service principal may not sign in. */
    public static final String DISABLED = "disabled";

    /** State of one that may sign in. */
    public static final String ENABLED = "enabled";

    /** What nothing tells. */
    public static final String UNKNOWN = "unknown";

    /**
     * A permission held.
     *
     * @param resourceAppId App ID of the API, {@code -} for one that is not Microsoft's and that nothing names
     * @param resource name of the API
     * @param value name of the role or scope
     * @param type {@code application}, {@code delegated}, {@code directory-role} or {@code azure-role}
     * @param tier the permission set that says most about it; {@code privileged} of such a role
     * @param farReaching whether it is in {@code permissive}, {@code tier-0} or {@code mailbox-wide}, or a scope of
     *     {@code risky-scopes}; a privileged directory role, or a strong Azure role over a subscription or more
     * @param holders {@code everybody}, or {@code users} for what single users let it do; of a role its scope
     * @param users how many, for {@code users}
     * @param by who gave it
     * @param since when it was given
     * @param declared whether the registration declares it; null when that is not known
     */
    public record Permit(
            String resourceAppId,
            @Nullable String resource,
            String value,
            String type,
            @Nullable String tier,
            boolean farReaching,
            String holders,
            long users,
            @Nullable String by,
            @Nullable Instant since,
            @Nullable Boolean declared) {

        boolean isDelegated() {
            return type.equals("delegated");
        }

        /** Whether it is a role in the directory or in Azure, and no permission of an API. */
        boolean isRole() {
            return type.endsWith("-role");
        }

        boolean forEverybody() {
            return holders.equals("everybody");
        }

        /** Whether it gives power over everybody's data, the directory or Azure. */
        boolean isPrivilege() {
            return farReaching && (forEverybody() || isRole());
        }

        String label() {
            return value + " of " + (resource == null ? "an unknown API" : resource)
                    + (isRole() ? " for " + holders : "") + " (" + type + ")";
        }
    }

    /**
     * The latest use.
     *
     * @param at when, or the start of the day
     * @param dayOnly whether only the day is known
     */
    public record Use(Instant at, boolean dayOnly) {}

    /**
     * An owner.
     *
     * @param id object id
     * @param name user principal name, else display name
     * @param since when it became one
     * @param gone {@code deleted} or {@code disabled}; null when nothing says so
     */
    public record Owner(
            @Nullable String id,
            @Nullable String name,
            @Nullable Instant since,
            @Nullable String gone) {

        String label() {
            return name != null ? name : id != null ? id : "an unnamed owner";
        }
    }

    /**
     * A credential.
     *
     * @param keyId key id; of a federated credential issuer and subject
     * @param type {@code secret}, {@code certificate}, {@code federated} or {@code credential}
     * @param name its name
     * @param onServicePrincipal whether it is kept on the service principal
     * @param addedAt when it was added
     * @param by who added it
     * @param seenAdded whether the history holds the act
     * @param expiresAt when it ends to be valid; logs do not tell
     * @param lastUsed when it was last used to sign in
     * @param useKnown whether sign-ins by key are remembered, and that nothing hides one with this key
     */
    public record HeldKey(
            String keyId,
            String type,
            @Nullable String name,
            boolean onServicePrincipal,
            @Nullable Instant addedAt,
            @Nullable String by,
            boolean seenAdded,
            @Nullable Instant expiresAt,
            @Nullable Use lastUsed,
            boolean useKnown) {

        boolean isFederated() {
            return type.equals("federated");
        }

        String label() {
            return type + (name == null ? "" : " '" + name + "'") + " " + keyId;
        }
    }

    /**
     * A redirect address.
     *
     * @param uri as stated
     * @param flaws what is wrong with it, in words
     */
    public record Redirect(String uri, List<String> flaws) {}

    /**
     * An open alert.
     *
     * @param alertId id
     * @param detection id of the detection
     * @param severity severity label
     * @param title title
     */
    public record Raised(String alertId, String detection, String severity, String title) {}

    /** Whether it holds a far-reaching permission over everybody's data or the directory. */
    boolean isPowerful() {
        return permissions.stream().anyMatch(Permit::isPrivilege);
    }

    /** How it is called. */
    public String label() {
        return displayName == null ? id : displayName + " (" + id + ")";
    }
}
