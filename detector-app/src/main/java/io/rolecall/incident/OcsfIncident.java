package io.rolecall.incident;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.alert.AttackNames;
import io.rolecall.alert.OcsfBase;
import io.rolecall.alert.OcsfBase.Activity;
import io.rolecall.alert.OcsfObservables;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.Incident;
import io.rolecall.schema.IncidentAlert;
import java.time.Instant;
import java.util.List;

/**
 * An incident as an OCSF 1.8.0 Incident Finding (class 2005) with the incident profile. {@code metadata.correlation_uid} is the incident
 * id in every revision, {@code metadata.uid} is {@code incidentId:generation:revision}, and {@code finding_info_list[].uid} the alert
 * ids. What OCSF has no place for stands under {@code unmapped} with the names of the incident.
 */
public final class OcsfIncident {

    private static final int CLASS = 2005;

    /** Fields that have a place of their own. */
    private static final List<String> MAPPED = List.of(
            "incidentId", "title", "summary", "tenantId", "alerts", "attack", "firstEventTime", "lastEventTime");

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
        OcsfBase.classify(finding, CLASS, "Incident Finding", activity);
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
            case Incidents.OPEN -> OcsfBase.status(finding, 1, "New", "");
            case Incidents.CONTAINED ->
                OcsfBase.status(finding, 2, "In Progress", "The logs show that it was stopped or undone");
            default ->
                OcsfBase.status(
                        finding, 5, "Closed", incident.getClosedBecause().orElse(""));
        }
        if (incident.getClosedBecause().filter("withdrawn"::equals).isPresent()) {
            finding.put("verdict_id", 1);
            finding.put("verdict", "False Positive");
        }
    }

    private void severity() {
        int severity = OcsfBase.severity(finding, incident.getSeverity());
        int priority = Math.max(severity, 1);
        finding.put("priority_id", priority);
        finding.put("priority", List.of("Low", "Medium", "High", "Critical").get(priority - 1));
    }

    private ObjectNode metadata() {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        OcsfBase.begin(
                metadata, incident.getIncidentId() + ":" + incident.getGeneration() + ":" + incident.getRevision());
        metadata.put("correlation_uid", incident.getIncidentId());
        metadata.put("tenant_uid", incident.getTenantId());
        metadata.put("log_name", "rolecall.incidents");
        metadata.putArray("profiles").add("incident");
        OcsfBase.product(metadata);
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
        OcsfObservables observables = new OcsfObservables();
        for (AlertActor actor : incident.getActors()) {
            actor.getIp().ifPresent(ip -> observables.address("unmapped.actors[].ip", ip));
            if (!actor.getType().equals("application")) {
                actor.getName().ifPresent(name -> observables.userName("unmapped.actors[].name", name));
            }
        }
        incident.getApplication().ifPresent(application -> {
            application.getAppId().ifPresent(id -> observables.resourceUid("unmapped.application.appId", id));
            application
                    .getServicePrincipalId()
                    .ifPresent(id -> observables.resourceUid("unmapped.application.servicePrincipalId", id));
        });
        return observables.list();
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
