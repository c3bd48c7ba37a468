package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Microsoft 365 events as Elastic's integration writes them: what has a common name has moved there (operation to {@code
 * event.action}, id to {@code event.id}, tenant to {@code organization.id}, address to {@code client.ip}), and lists of names and
 * values have become objects.
 *
 * @see <a href="https://www.elastic.co/guide/en/beats/filebeat/current/exported-fields-o365.html">Office 365 fields</a>
 */
final class EcsOffice {

    private EcsOffice() {}

    /** The record of the management API. */
    static JsonNode record(EventFields document, EventFields audit) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.setAll((ObjectNode) audit.object());
        EventFields event = document.object("event");
        EventFields user = document.object("user");
        if (audit.operation() == null) {
            EcsShape.fill(record, "Operation", event.node("action"));
        }
        EcsShape.fill(record, "Id", event.node("id"));
        EcsShape.fill(record, "OrganizationId", document.object("organization").node("id"));
        EcsShape.fill(record, "Workload", event.node("provider"));
        EcsShape.fill(record, "UserId", user.node("id", "email", "name"));
        EcsShape.fill(record, "UserAgent", document.object("user_agent").node("original"));
        EcsShape.fill(record, "ResultStatus", EcsShape.outcome(document));
        EcsShape.fill(record, "ResultStatusDetail", event.node("reason"));
        if (!audit.hasValue("CreationTime", "CreationDate")) {
            EcsShape.fill(record, "CreationTime", document.node("@timestamp"));
        }
        boolean address = !UnifiedActors.addresses(audit).isEmpty();
        if (!address) {
            record.remove("ClientIP");
            EcsShape.fill(record, "ClientIP", EcsShape.address(document));
        }
        return record;
    }
}
