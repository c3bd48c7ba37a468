package io.rolecall.inventory;

import io.rolecall.schema.Registration;
import io.rolecall.schema.RequestedPermission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Facts of a registration as Graph's resource type {@code application} states them. */
final class RegistrationReader {

    private RegistrationReader() {}

    @SuppressWarnings("NullAway") // nullable Avro fields take null
    static Registration read(GraphObject application) {
        return Registration.newBuilder()
                .setTenancy(application
                        .text("signInAudience")
                        .flatMap(RegistrationReader::tenancy)
                        .orElse(null))
                .setRedirectUris(redirectUris(application))
                .setRequestedPermissions(requested(application))
                .setPublisherDomain(application
                        .text("publisherDomain")
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .orElse(null))
                .setPublicClient(application.flag("isFallbackPublicClient").orElse(null))
                .build();
    }

    private static Optional<String> tenancy(String audience) {
        return switch (audience.toLowerCase(Locale.ROOT)) {
            case "azureadmyorg" -> Optional.of("single");
            case "azureadmultipleorgs" -> Optional.of("multi");
            case "azureadandpersonalmicrosoftaccount" -> Optional.of("multi-and-personal");
            case "personalmicrosoftaccount" -> Optional.of("personal");
            default -> Optional.empty();
        };
    }

    private static List<String> redirectUris(GraphObject application) {
        Set<String> addresses = new LinkedHashSet<>();
        for (String platform : List.of("web", "spa", "publicClient")) {
            addresses.addAll(application.object(platform).texts("redirectUris"));
        }
        return List.copyOf(addresses);
    }

    private static List<RequestedPermission> requested(GraphObject application) {
        List<RequestedPermission> permissions = new ArrayList<>();
        for (GraphObject api : application.objects("requiredResourceAccess")) {
            Optional<String> appId = api.guid("resourceAppId");
            for (GraphObject access : api.objects("resourceAccess")) {
                Optional<String> id = access.guid("id");
                if (appId.isPresent() && id.isPresent()) {
                    boolean role =
                            access.text("type").filter("Role"::equalsIgnoreCase).isPresent();
                    permissions.add(new RequestedPermission(appId.get(), id.get(), role ? "application" : "delegated"));
                }
            }
        }
        return permissions;
    }
}
