package io.rolecall.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.schema.Alert;

/** What two policies see differently, as JSON: what {@code policy diff --format ndjson} writes, a line each. */
public final class AlertChangeJson {

    private AlertChangeJson() {}

    /** The change as a new tree. */
    public static ObjectNode tree(AlertChange change) {
        Alert alert = change.alert();
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("change", change.kind().label());
        tree.put("alertId", alert.getAlertId());
        tree.put("detection", alert.getDetection());
        tree.put("tenantId", alert.getTenantId());
        tree.putObject("subject")
                .put("kind", alert.getSubject().getKind())
                .put("id", alert.getSubject().getId());
        tree.put("title", alert.getTitle());
        tree.put("firstEventTime", alert.getFirstEventTime().toString());
        change.old().ifPresent(old -> side(tree.putObject("old"), old));
        change.now().ifPresent(now -> side(tree.putObject("new"), now));
        ArrayNode settings = tree.putArray("settings");
        change.cause().settings().forEach(setting -> settings.addObject()
                .put("setting", setting.setting())
                .put("old", setting.before())
                .put("new", setting.after()));
        ArrayNode conditions = tree.putArray("conditions");
        change.cause().conditions().forEach(deciding -> conditions
                .addObject()
                .put("policy", deciding.policy())
                .put("condition", deciding.condition().name())
                .put("answer", deciding.condition().state().label())
                .put("because", deciding.condition().because()));
        return tree;
    }

    private static void side(ObjectNode side, Alert alert) {
        side.put("severity", alert.getSeverity()).put("status", alert.getStatus());
        alert.getSuppressedBy().ifPresent(by -> side.put("suppressedBy", by));
    }
}
