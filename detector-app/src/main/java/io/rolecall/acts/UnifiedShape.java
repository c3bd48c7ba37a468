package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.DirectoryAct.ByApplication;
import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryAct.Listed;
import io.rolecall.acts.DirectoryAct.Moment;
import io.rolecall.acts.DirectoryAct.Name;
import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Target;
import io.rolecall.acts.DirectoryAct.Text;
import io.rolecall.acts.DirectoryAct.Value;
import java.util.Locale;

/**
 * Writes a directory act as the unified audit log does: another id, no address, whole seconds, values printed over lines, and the
 * name with a dot at its end but for the two operations with an en dash.
 */
public final class UnifiedShape {

    /** App ID of the portal's blade, as the log shows it for acts done there. */
    private static final String PORTAL = "18ed3507-a475-4ccb-b669-d66bc9f2a36e";

    private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

    private static final String NOBODY = "Not Available";

    private final String tenantId;

    public UnifiedShape(String tenantId) {
        this.tenantId = tenantId;
    }

    public ObjectNode record(DirectoryAct act, Ids ids, int number) {
        String key = "unified/" + act.correlationId() + "/" + number;
        return Json.object(
                "CreationTime",
                Times.seconds(act.time()),
                "Id",
                ids.guid(key),
                "Operation",
                operation(act.operation()),
                "OrganizationId",
                tenantId,
                "RecordType",
                8,
                "ResultStatus",
                act.failure().isPresent() ? "Failure" : "Success",
                "UserKey",
                userKey(act),
                "UserType",
                act.initiator() instanceof ByUser ? 0 : 4,
                "Version",
                1,
                "Workload",
                "AzureActiveDirectory",
                "ObjectId",
                objectId(act),
                "UserId",
                userId(act),
                "AzureActiveDirectoryEventType",
                1,
                "ExtendedProperties",
                extendedProperties(act),
                "ModifiedProperties",
                modifiedProperties(act),
                "Actor",
                actor(act, ids),
                "ActorContextId",
                tenantId,
                "InterSystemsId",
                act.correlationId(),
                "IntraSystemId",
                ids.random(key + "/intra").nextInt(3) == 0 ? NO_ID : ids.guid(key + "/intra"),
                "SupportTicketId",
                "",
                "Target",
                target(act.targets().get(0)),
                "TargetContextId",
                tenantId);
    }

    private static String operation(String name) {
        return name.indexOf('\u2013') >= 0 ? name : name + ".";
    }

    private static String userKey(DirectoryAct act) {
        return act.initiator() instanceof ByUser user ? user.person().puid() + "@contoso.onmicrosoft.com" : NOBODY;
    }

    private static String userId(DirectoryAct act) {
        if (act.initiator() instanceof ByUser user) {
            return act.correlationId().charAt(0) < '8'
                    ? user.person().upn()
                    : user.person().mixedCaseUpn();
        }
        if (!(act.initiator() instanceof ByApplication application)) {
            return NOBODY;
        }
        return application
                .servicePrincipalId()
                .map(id -> "ServicePrincipal_" + id)
                .orElse(application.displayName());
    }

    /** The object's name: its service principal names, the user's name, else kind and id. */
    private static String objectId(DirectoryAct act) {
        Target target = act.targets().get(0);
        if (target.user().isPresent()) {
            return target.user().get().upn();
        }
        return target.names().stream()
                .filter(name -> name.type() == 4)
                .map(Name::id)
                .findFirst()
                .orElse(target.type() + "_" + target.id());
    }

    private static ArrayNode extendedProperties(DirectoryAct act) {
        ObjectNode details = Json.object();
        act.details().forEach(details::put);
        return Json.array(
                Json.object("Name", "additionalDetails", "Value", Json.text(details)),
                Json.object("Name", "extendedAuditEventCategory", "Value", act.unifiedCategory()));
    }

    private static ArrayNode modifiedProperties(DirectoryAct act) {
        ArrayNode properties = Json.array();
        for (Property property : act.targets().get(0).properties()) {
            properties.add(Json.object(
                    "Name", property.name(),
                    "NewValue", value(property.after()),
                    "OldValue", value(property.before())));
        }
        return properties;
    }

    private static String value(Value value) {
        if (value instanceof Text text) {
            return text.text();
        }
        if (value instanceof Listed listed) {
            return Json.printed(listed.list());
        }
        if (value instanceof Moment moment) {
            return Times.us(moment.time());
        }
        return "";
    }

    private static ArrayNode actor(DirectoryAct act, Ids ids) {
        if (act.initiator() instanceof ByUser user) {
            Person person = user.person();
            return Json.array(
                    name(person.upn(), 5),
                    name(person.puid(), 3),
                    name(PORTAL, 2),
                    name("User_" + person.id(), 2),
                    name(person.id(), 2),
                    name("User", 2));
        }
        if (!(act.initiator() instanceof ByApplication application)) {
            return Json.array();
        }
        if (application.servicePrincipalId().isEmpty()) {
            return Json.array(name(application.displayName(), 1), name("Other", 2));
        }
        String principal = application.servicePrincipalId().get();
        return Json.array(
                name(application.displayName(), 1),
                name(application.appId().orElseGet(() -> ids.guid("app-of/" + principal)), 2),
                name("ServicePrincipal_" + principal, 2),
                name(principal, 2),
                name("ServicePrincipal", 2));
    }

    private static ArrayNode target(Target target) {
        ArrayNode names =
                Json.array(name(target.type() + "_" + target.id(), 2), name(target.id(), 2), name(target.type(), 2));
        target.displayName().ifPresent(text -> names.add(name(text, 1)));
        for (Name name : target.names()) {
            names.add(name(name.id(), name.type()));
        }
        target.user().ifPresent(user -> {
            names.add(name(user.upn(), 5));
            names.add(name(user.puid().toUpperCase(Locale.ROOT), 3));
        });
        return names;
    }

    private static ObjectNode name(String id, int type) {
        return Json.object("ID", id, "Type", type);
    }
}
