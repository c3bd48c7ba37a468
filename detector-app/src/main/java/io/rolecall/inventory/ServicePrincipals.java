package io.rolecall.inventory;

import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionNames;
import io.rolecall.policy.Resources;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service principals of an export by their ids, by which grants name their client and their API. */
final class ServicePrincipals {

    private final Map<String, Known> byId = new HashMap<>();

    /**
     * What grants need to know of one.
     *
     * @param appId App ID, lower case
     * @param displayName display name in the tenant
     * @param roles names of the application roles that it defines, by id
     */
    record Known(String appId, @Nullable String displayName, Map<String, String> roles) {

        /** Name of an application role that it defines. */
        Optional<String> role(String roleId) {
            return PermissionNames.value(appId, Permission.Type.APPLICATION, roleId)
                    .or(() -> Optional.ofNullable(roles.get(roleId)));
        }

        /**
         * The name by which its scopes are known. Anybody can give an application the name of one of Microsoft's APIs: with
         * another App ID that name is not told.
         */
        Optional<String> apiName() {
            return Resources.displayName(appId).or(() -> Optional.ofNullable(displayName)
                    .filter(name -> Resources.appIdOfDisplayName(name).isEmpty()));
        }
    }

    void add(String id, String appId, GraphObject object) {
        Map<String, String> roles = new HashMap<>();
        for (GraphObject role : object.objects("appRoles")) {
            Optional<String> value = role.text("value");
            role.guid("id").ifPresent(roleId -> value.ifPresent(name -> roles.put(roleId, name)));
        }
        byId.put(id, new Known(appId, object.text("displayName").orElse(null), Map.copyOf(roles)));
    }

    Optional<Known> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
