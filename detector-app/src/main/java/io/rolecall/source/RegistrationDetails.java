package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.schema.RedirectChange;
import io.rolecall.schema.Registration;
import io.rolecall.schema.RequestedPermission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts of a registration and of what an update changes in it. */
final class RegistrationDetails {

    private static final String AUDIENCE = "SignInAudience";
    private static final String AVAILABLE = "AvailableToOtherTenants";
    private static final String ADDRESSES = "AppAddress";
    private static final String FEDERATED = "FederatedIdentityCredentials";
    private static final String PERMISSIONS = "RequiredResourceAccess";
    private static final List<String> OWN =
            List.of(AVAILABLE, AUDIENCE, PERMISSIONS, "PublisherDomain", "PublicClient");

    private RegistrationDetails() {}

    /** The registration as the event states it. */
    static Registration registration(ModifiedProperties properties) {
        return Registration.newBuilder()
                .setTenancy(tenancy(properties.now(AUDIENCE), properties.bool(AVAILABLE)))
                .setRedirectUris(List.copyOf(addresses(properties.objectsNow(ADDRESSES))))
                .setRequestedPermissions(permissions(properties.objectsNow(PERMISSIONS)))
                .setPublisherDomain(Values.lower(properties.now("PublisherDomain")))
                .setPublicClient(properties.bool("PublicClient"))
                .setPreviouslyRequested(permissions(properties.objectsOld(PERMISSIONS)))
                .setDeclaresNone(properties.isEmptyListNow(PERMISSIONS) ? true : null)
                .setPreviousTenancy(tenancy(properties.old(AUDIENCE), properties.boolOld(AVAILABLE)))
                .build();
    }

    /** Everything an update changed, one detail record each; empty for an update that only leaves a stub. */
    static List<Object> changes(ModifiedProperties properties) {
        List<Object> changes = new ArrayList<>();
        if (OWN.stream().anyMatch(properties::has)) {
            changes.add(registration(properties));
        }
        addIfPresent(changes, redirects(properties));
        if (properties.has(FEDERATED)) {
            changes.add(FederatedTrusts.change(properties.objectsOld(FEDERATED), properties.objectsNow(FEDERATED)));
        }
        addIfPresent(changes, KeyDescriptions.change(properties));
        return changes;
    }

    private static void addIfPresent(List<Object> changes, @Nullable Object change) {
        if (change != null) {
            changes.add(change);
        }
    }

    private static @Nullable String tenancy(@Nullable String signInAudience, @Nullable Boolean available) {
        String audience = audience(signInAudience);
        if (audience != null) {
            return audience;
        }
        if (available == null) {
            return null;
        }
        return available ? "multi" : "single";
    }

    private static @Nullable String audience(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        return switch (raw.toLowerCase(Locale.ROOT)) {
            case "azureadmyorg" -> "single";
            case "azureadmultipleorgs" -> "multi";
            case "azureadandpersonalmicrosoftaccount" -> "multi-and-personal";
            case "personalmicrosoftaccount" -> "personal";
            default -> null;
        };
    }

    /** EventAddresses added and removed; null when the event does not have the property. */
    static @Nullable RedirectChange redirects(ModifiedProperties properties) {
        if (!properties.has(ADDRESSES)) {
            return null;
        }
        Set<String> old = addresses(properties.objectsOld(ADDRESSES));
        Set<String> now = addresses(properties.objectsNow(ADDRESSES));
        return RedirectChange.newBuilder()
                .setAdded(Differences.of(now, old))
                .setRemoved(Differences.of(old, now))
                .build();
    }

    private static Set<String> addresses(List<EventFields> entries) {
        Set<String> addresses = new LinkedHashSet<>();
        for (EventFields entry : entries) {
            String address = entry.text("Address");
            if (address != null) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    private static List<RequestedPermission> permissions(List<EventFields> resources) {
        List<RequestedPermission> permissions = new ArrayList<>();
        for (EventFields resource : resources) {
            String resourceAppId = resource.guid("ResourceAppId");
            for (JsonNode entry : resource.list("RequiredAppPermissions")) {
                EventFields permission = EventFields.of(entry);
                String id = permission.guid("EntitlementId");
                if (resourceAppId == null || id == null) {
                    continue;
                }
                boolean application = Boolean.TRUE.equals(Values.bool(permission.text("DirectAccessGrant")));
                if (application) {
                    permissions.add(new RequestedPermission(resourceAppId, id, "application"));
                }
                if (!application
                        || !permission.list("ImpersonationAccessGrants").isEmpty()) {
                    permissions.add(new RequestedPermission(resourceAppId, id, "delegated"));
                }
            }
        }
        return permissions;
    }
}
