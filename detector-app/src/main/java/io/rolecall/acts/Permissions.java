package io.rolecall.acts;

import io.rolecall.config.Nearest;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionNames;
import io.rolecall.policy.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Permissions as lines name them: {@code Mail.Read}, or {@code exchange-online/full_access_as_app}. */
final class Permissions {

    private static final String API = "api";

    private final Line line;

    Permissions(Line line) {
        this.line = line;
    }

    /** The API that the line names; Microsoft Graph when it names none. */
    Api api() {
        return api(API, line.text(API).orElse(Resources.shortNames().get(0)));
    }

    /** The application roles under a field. */
    List<Role> roles(String field) {
        return line.texts(field).stream().map(text -> role(field, text)).toList();
    }

    /** The application role that a text names. */
    Role role(String field, String text) {
        Api api = apiOf(field, text);
        String value = text.substring(text.indexOf('/') + 1);
        String id = line.text("roleId")
                .orElseGet(() -> id(field, new Permission(api.appId(), value, Permission.Type.APPLICATION)));
        return new Role(api, id, value, value);
    }

    /** Declared permissions: the roles under one field and the scopes under another. */
    List<Requested> requested(String roles, String scopes) {
        List<Requested> requested = new ArrayList<>();
        roles(roles).forEach(role -> requested.add(Requested.of(role)));
        for (String text : line.texts(scopes)) {
            Api api = apiOf(scopes, text);
            String value = text.substring(text.indexOf('/') + 1);
            String id = id(scopes, new Permission(api.appId(), value, Permission.Type.DELEGATED));
            requested.add(new Requested(api.appId(), id, false));
        }
        return requested;
    }

    /** Delegated scopes under a field, separated by spaces, by API. Any name is taken: the logs tell them as the client asked. */
    Map<Api, String> scopes(String field) {
        Map<Api, String> scopes = new LinkedHashMap<>();
        for (String text : line.texts(field)) {
            scopes.merge(
                    apiOf(field, text), text.substring(text.indexOf('/') + 1), (known, next) -> known + " " + next);
        }
        return scopes;
    }

    private Api apiOf(String field, String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? api() : api(field, text.substring(0, slash));
    }

    private Api api(String field, String name) {
        var known = Resources.appId(name);
        if (known.isPresent()) {
            String appId = known.get();
            return Api.of(new App(Resources.displayName(appId).orElse(name), appId, "", ""));
        }
        if (line.cast().applications().contains(name)) {
            return Api.of(line.cast().app(name, line.tenant()));
        }
        Set<String> names = new TreeSet<>(Resources.shortNames());
        names.addAll(line.cast().applications());
        line.error(field, "'" + name + "' is no API; " + Nearest.hint(name, names));
        return Api.GRAPH;
    }

    /** The published id; one made of the name for an API that publishes none. */
    private String id(String field, Permission permission) {
        Set<String> names = PermissionNames.names(permission.resourceAppId());
        if (!names.isEmpty() && !PermissionNames.exists(permission)) {
            line.error(
                    field,
                    "no " + permission.type().label() + " permission '" + permission.value() + "' of that API; "
                            + Nearest.hint(permission.value(), names) + " ('roleId' takes any)");
        }
        return PermissionNames.id(permission).orElseGet(() -> line.tenant()
                .ids()
                .guid("permission/" + permission.resourceAppId() + "/" + permission.value()));
    }
}
