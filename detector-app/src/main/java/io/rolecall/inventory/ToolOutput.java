package io.rolecall.inventory;

import io.rolecall.source.split.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what tools put around and into the directory's objects: AzureHound's {@code {"kind":..,"data":{..}}}, the answers of
 * Graph's {@code $batch}, objects that were asked for with {@code $expand}. What is no matter of applications is counted and passed over.
 *
 * <p>AzureHound's kinds and names of properties: its {@code enums/kind.go} and {@code models} (version 2).
 */
final class ToolOutput {

    /** Takes the objects, each of which may be one of many in what the tool wrote. */
    interface Sink {

        /** An object of a known kind. */
        void take(ObjectKind kind, ExportedObject exported);

        /** What a page says of itself. */
        void page(GraphObject page);

        /** The tenant, lower case, that a tool says it looked at. */
        void tenant(String tenantId);

        /** An object of a kind that is no matter of applications. */
        void passedOver(String kind);

        /** What is nothing that is known. */
        void unusable(GraphObject object, Reason reason, String message);
    }

    private static final String HOUND = "AZ";
    private static final String GRAPH_TYPE = "#microsoft.graph.";
    private static final int MOST_LAYERS = 4;

    /** AzureHound's kinds whose data is one object of ours, in lower case. */
    private static final Map<String, ObjectKind> HOUND_OBJECTS = Map.of(
            "azapp", ObjectKind.APPLICATION,
            "azserviceprincipal", ObjectKind.SERVICE_PRINCIPAL,
            "azapproleassignment", ObjectKind.APP_ROLE_ASSIGNMENT,
            "azoauth2permissiongrant", ObjectKind.PERMISSION_GRANT);

    /** Its kinds whose data lists several, each with the name of that list. */
    private static final Map<String, String> HOUND_LISTS = Map.of(
            "azappowner", "owners",
            "azserviceprincipalowner", "owners",
            "azroleassignment", "roleAssignments",
            "azapproleassignment", "appRoleAssignments");

    /** Lists that Graph puts into an object when it is asked to, with what is in them. */
    private static final Map<String, ObjectKind> EXPANDED = Map.of(
            "appRoleAssignments", ObjectKind.APP_ROLE_ASSIGNMENT,
            "appRoleAssignedTo", ObjectKind.APP_ROLE_ASSIGNMENT,
            "oauth2PermissionGrants", ObjectKind.PERMISSION_GRANT);

    private static final String UNKNOWN =
            "neither an application, a service principal, an owner, an app role assignment, a directory role nor a"
                    + " delegated permission grant of Microsoft Graph, PowerShell or AzureHound; objects cut down with"
                    + " $select need signInAudience or servicePrincipalType";

    private final Sink sink;

    ToolOutput(Sink sink) {
        this.sink = sink;
    }

    /** Takes one object apart. */
    void open(GraphObject object) {
        open(object, 0);
    }

    private void open(GraphObject object, int layers) {
        if (layers > MOST_LAYERS) {
            sink.unusable(object, Reason.TOO_DEEP, "answers within answers");
            return;
        }
        if (object.isPage()) {
            sink.page(object);
            return;
        }
        Optional<String> kind = object.text("kind").filter(name -> name.regionMatches(true, 0, HOUND, 0, 2));
        if (kind.isPresent() && object.holdsObject("data")) {
            hound(kind.get(), object.object("data"));
            return;
        }
        Optional<List<GraphObject>> inner = inner(object);
        if (inner.isPresent()) {
            if (object.has("@odata.context") || object.has("@odata.nextLink")) {
                sink.page(object);
            }
            for (GraphObject each : inner.get()) {
                open(each, layers + 1);
            }
            return;
        }
        if (object.holdsObject("error")) {
            String code = object.object("error").text("code").orElse("without a code");
            sink.unusable(object, Reason.NOT_AN_EVENT, "an error in place of an answer: " + code);
            return;
        }
        plain(null, object);
    }

    /** The answers of a batch, the answer in one of them, or the objects of a page that is no batch of its file. */
    private static Optional<List<GraphObject>> inner(GraphObject object) {
        if (object.has("appId")
                || object.text("id").filter(id -> !object.has("status")).isPresent()) {
            return Optional.empty();
        }
        if (object.holdsList("responses")) {
            return Optional.of(object.objects("responses"));
        }
        if (object.holdsObject("body")) {
            return Optional.of(List.of(object.object("body")));
        }
        for (String list : List.of("value", "data")) {
            if (object.holdsList(list)) {
                return Optional.of(object.objects(list));
            }
        }
        return Optional.empty();
    }

    private void hound(String name, GraphObject data) {
        String kind = name.toLowerCase(Locale.ROOT);
        if (kind.equals("aztenant")) {
            data.flag("collected").filter(collected -> collected).ifPresent(collected -> tenant(data));
            return;
        }
        ObjectKind known = HOUND_OBJECTS.get(kind);
        String list = HOUND_LISTS.get(kind);
        if (list != null && data.holdsList(list)) {
            tenant(data);
            String owned =
                    data.text("servicePrincipalId").or(() -> data.text("appId")).orElse(null);
            for (GraphObject each : data.objects(list)) {
                switch (list) {
                    case "owners" -> owner(kind, each.object("owner"), owned);
                    case "roleAssignments" -> take(ObjectKind.DIRECTORY_ROLE, each);
                    default -> take(ObjectKind.APP_ROLE_ASSIGNMENT, each);
                }
            }
        } else if (known != null) {
            tenant(data);
            plain(known, data);
        } else if (list == null) {
            sink.passedOver(name);
        }
    }

    private void owner(String kind, GraphObject owner, @Nullable String owned) {
        ObjectKind of = kind.equals("azappowner") ? ObjectKind.APPLICATION_OWNER : ObjectKind.SERVICE_PRINCIPAL_OWNER;
        sink.take(of, new ExportedObject(owner, owned));
    }

    private void take(ObjectKind kind, GraphObject object) {
        sink.take(kind, new ExportedObject(object, null));
    }

    private void tenant(GraphObject data) {
        data.guid("tenantId").ifPresent(sink::tenant);
    }

    private void plain(@Nullable ObjectKind told, GraphObject object) {
        Optional<ObjectKind> kind = Optional.ofNullable(told).or(() -> ObjectKind.of(object));
        if (kind.isEmpty()) {
            object.text("@odata.type")
                    .filter(type -> type.startsWith(GRAPH_TYPE))
                    .map(type -> type.substring(GRAPH_TYPE.length()))
                    .ifPresentOrElse(sink::passedOver, () -> sink.unusable(object, Reason.NOT_AN_EVENT, UNKNOWN));
            return;
        }
        take(kind.get(), object);
        if (kind.get() == ObjectKind.APPLICATION || kind.get() == ObjectKind.SERVICE_PRINCIPAL) {
            expanded(kind.get(), object);
        }
    }

    private void expanded(ObjectKind kind, GraphObject object) {
        String owned = object.text("id").orElse(null);
        ObjectKind owner =
                kind == ObjectKind.APPLICATION ? ObjectKind.APPLICATION_OWNER : ObjectKind.SERVICE_PRINCIPAL_OWNER;
        object.objects("owners").forEach(each -> sink.take(owner, new ExportedObject(each, owned)));
        EXPANDED.forEach((list, of) -> object.objects(list).forEach(each -> take(of, each)));
    }
}
