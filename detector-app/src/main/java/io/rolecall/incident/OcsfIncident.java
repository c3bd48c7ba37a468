package io.rolecall.incident;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.alert.AttackNames;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.Incident;
import io.rolecall.schema.IncidentAlert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An incident as an OCSF 1.8.0 Incident Finding (class 2005) with the incident profile. {@code metadata.correlation_uid} is the incident
 * id in every revision, {@code metadata.uid} is {@code incidentId:generation:revision}, and {@code finding_info_list[].uid} the alert
 * ids. What OCSF has no place for stands under {@code unmapped} with the names of the incident.
 */
public final class OcsfIncident {

    private static final String SCHEMA_VERSION = "1.8.0";
    private static final int CATEGORY = 2;
    private static final int CLASS = 2005;
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,40}");

    private static final List<String> SEVERITIES = List.of("informational", "low", "medium", "high", "critical");

    /** Fields that have a place of their own. */
    private static final List<String> MAPPED = List.of(
            "incidentId", "title", "summary", "tenantId", "alerts", "attack", "firstEventTime", "lastEventTime");

    private enum Activity {
        CREATE(1, "Create"),
        UPDATE(2, "Update"),
        CLOSE(3, "Close");

        private final int id;
        private final String caption;

        Activity(int id, String caption) {
            this.id = id;
            this.caption = caption;
        }
    }

    private final Incident incident;
    private final Activity activity;
    private final ObjectNode finding = JsonNodeFactory.instance.objectNode();

    private OcsfIncident(Incident incident, boolean first) {
        this.incident = incident;
        this.activity = first
                ? Activity.CREATE
                : incident.getStatus().equals(Incidents.CLOSED) ? Activity.CLOSE : Activity.UPDATE;
    }

    /**
     * The finding as a new tree.
     *
     * @param incident an incident; its {@code emittedAt} is the finding's time, without one (as in {@code scan}) its latest event's
     * @param first whether it is the first that the reader hears of the incident
     */
    public static ObjectNode of(Incident incident, boolean first) {
        return new OcsfIncident(incident, first).build();
    }

    private ObjectNode build() {
        finding.put("activity_id", activity.id);
        finding.put("activity_name", activity.caption);
        finding.put("category_uid", CATEGORY);
        finding.put("category_name", "Findings");
        finding.put("class_uid", CLASS);
        finding.put("class_name", "Incident Finding");
        finding.put("type_uid", CLASS * 100L + activity.id);
        finding.put("type_name", "Incident Finding: " + activity.caption);
        Instant madeAt = incident.getEmittedAt().orElse(incident.getLastEventTime());
        finding.put("time", madeAt.toEpochMilli());
        finding.put("timezone_offset", 0);
        finding.put("start_time", incident.getFirstEventTime().toEpochMilli());
        finding.put("end_time", incident.getLastEventTime().toEpochMilli());
        finding.put("message", incident.getTitle());
        finding.put("desc", incident.getSummary());
        status();
        severity();
        // OCSF asks for one of the two; who takes it is decided where incidents are worked on.
        finding.putObject("assignee_group").put("name", "unassigned");
        finding.set("metadata", metadata());
        ArrayNode findings = finding.putArray("finding_info_list");
        incident.getAlerts().forEach(alert -> findings.add(finding(alert)));
        if (!incident.getAttack().isEmpty()) {
            ArrayNode attacks = finding.putArray("attacks");
            incident.getAttack().forEach(pair -> attacks.add(AttackNames.attack(pair)));
        }
        ArrayNode observables = observables();
        if (!observables.isEmpty()) {
            finding.set("observables", observables);
        }
        finding.set("unmapped", unmapped());
        return finding;
    }

    private void status() {
        switch (incident.getStatus()) {
            case Incidents.OPEN -> status(1, "New", "");
            case Incidents.CONTAINED -> status(2, "In Progress", "The logs show that it was stopped or undone");
            default -> status(5, "Closed", incident.getClosedBecause().orElse(""));
        }
        if (incident.getClosedBecause().filter("withdrawn"::equals).isPresent()) {
            finding.put("verdict_id", 1);
            finding.put("verdict", "False Positive");
        }
    }

    private void status(int id, String caption, String detail) {
        finding.put("status_id", id);
        finding.put("status", caption);
        if (!detail.isEmpty()) {
            finding.put("status_detail", detail);
        }
    }

    private void severity() {
        int severity = SEVERITIES.indexOf(incident.getSeverity());
        finding.put("severity_id", severity + 1);
        finding.put(
                "severity",
                List.of("Informational", "Low", "Medium", "High", "Critical").get(severity));
        int priority = Math.max(severity, 1);
        finding.put("priority_id", priority);
        finding.put("priority", List.of("Low", "Medium", "High", "Critical").get(priority - 1));
    }

    private ObjectNode metadata() {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("version", SCHEMA_VERSION);
        metadata.put("uid", incident.getIncidentId() + ":" + incident.getGeneration() + ":" + incident.getRevision());
        metadata.put("correlation_uid", incident.getIncidentId());
        metadata.put("tenant_uid", incident.getTenantId());
        metadata.put("log_name", "rolecall.incidents");
        metadata.putArray("profiles").add("incident");
        ObjectNode product = metadata.putObject("product");
        product.put("name", "Rolecall");
        product.put("vendor_name", "Rolecall");
        String version = OcsfIncident.class.getPackage().getImplementationVersion();
        if (version != null) {
            product.put("version", version);
        }
        return metadata;
    }

    private static ObjectNode finding(IncidentAlert alert) {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.put("uid", alert.getAlertId());
        info.put("title", alert.getTitle());
        info.put("first_seen_time", alert.getFirstEventTime().toEpochMilli());
        ObjectNode analytic = info.putObject("analytic");
        analytic.put("uid", alert.getDetection());
        analytic.put("name", alert.getDetection());
        analytic.put("type_id", 1);
        analytic.put("type", "Rule");
        return info;
    }

    /** What a search starts from, each value once. */
    private ArrayNode observables() {
        Map<String, ObjectNode> values = new TreeMap<>();
        for (AlertActor actor : incident.getActors()) {
            actor.getIp()
                    .filter(ip -> ADDRESS.matcher(ip).matches())
                    .ifPresent(ip -> observable(values, 2, "IP Address", "unmapped.actors[].ip", ip));
            if (!actor.getType().equals("application")) {
                actor.getName().ifPresent(name -> observable(values, 4, "User Name", "unmapped.actors[].name", name));
            }
        }
        incident.getApplication().ifPresent(application -> {
            application.getAppId().ifPresent(id -> resource(values, "appId", id));
            application.getServicePrincipalId().ifPresent(id -> resource(values, "servicePrincipalId", id));
        });
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.values().forEach(list::add);
        return list;
    }

    private static void resource(Map<String, ObjectNode> values, String field, String id) {
        observable(values, 10, "Resource UID", "unmapped.application." + field, id);
    }

    private static void observable(Map<String, ObjectNode> values, int typeId, String type, String path, String value) {
        ObjectNode observable = JsonNodeFactory.instance.objectNode();
        observable.put("type_id", typeId);
        observable.put("type", type);
        observable.put("name", path);
        observable.put("value", value);
        values.putIfAbsent(path + " " + value, observable);
    }

    /** Of the alerts what {@code finding_info_list} has no place for. */
    private ObjectNode unmapped() {
        ObjectNode unmapped = IncidentJson.tree(incident);
        unmapped.remove(MAPPED);
        ArrayNode alerts = unmapped.putArray("alerts");
        for (IncidentAlert alert : incident.getAlerts()) {
            ObjectNode rest = alerts.addObject();
            rest.put("alertId", alert.getAlertId());
            rest.put("severity", alert.getSeverity());
            rest.put("status", alert.getStatus());
            rest.put("riskScore", alert.getRiskScore());
        }
        return unmapped;
    }
}
