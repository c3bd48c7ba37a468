package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A permission that a registration declares; the log shows ids only.
 *
 * @param resourceAppId App ID of the API
 * @param id id of the role or scope
 * @param application a role, else a delegated scope
 */
record Requested(String resourceAppId, String id, boolean application) {

    /** {@code User.Read}, which the portal requests for every new registration. */
    static final Requested USER_READ = new Requested(Api.GRAPH.appId(), "e1fe6dd8-ba31-4d61-89e7-88639da4683d", false);

    /** How the log writes that a scope may be used for users. */
    private static final int FOR_USERS = 20;

    static Requested of(Role role) {
        return new Requested(role.api().appId(), role.id(), true);
    }

    /** The value of {@code RequiredResourceAccess}: one entry an API, in the order of the first permission of each. */
    static ArrayNode list(List<Requested> permissions) {
        Map<String, List<Object>> byApi = new LinkedHashMap<>();
        for (Requested permission : permissions) {
            byApi.computeIfAbsent(permission.resourceAppId(), api -> new ArrayList<>())
                    .add(Json.object(
                            "EntitlementId",
                            permission.id(),
                            "DirectAccessGrant",
                            permission.application(),
                            "ImpersonationAccessGrants",
                            permission.application() ? Json.array() : Json.array(FOR_USERS)));
        }
        ArrayNode list = Json.array();
        byApi.forEach((api, entries) -> list.add(Json.object(
                "ResourceAppId", api, "RequiredAppPermissions", Json.array(entries.toArray()), "EncodingVersion", 1)));
        return list;
    }
}
