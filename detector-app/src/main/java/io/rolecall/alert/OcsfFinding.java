package io.rolecall.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.alert.OcsfBase.Activity;
import io.rolecall.schema.Alert;
import java.time.Instant;
import java.util.List;

/**
 * An alert as an OCSF 1.8.0 Detection Finding (class 2004). {@code finding_info.uid} is the alert id in every revision,
 * {@code metadata.uid} is {@code alertId:generation:revision}. What a reader hears first of an alert is Create, then Update; Close once the alert is
 * contained or withdrawn. What OCSF has no place for stands under {@code unmapped} with the names of the alert.
 */
public final class OcsfFinding {

    private static final int CLASS = 2004;

    /** Fields of the alert that have a place of their own; a later reader finds all others in {@code unmapped}. */
    private static final List<String> MAPPED = List.of(
            "alertId",
            "title",
            "explanation",
            "severity",
            "confidence",
            "riskScore",
            "riskReasons",
            "firstEventTime",
            "lastEventTime",
            "evidence",
            "evidenceCount",
            "attack",
            "tenantId",
            "containment");

    private final Alert alert;
    private final Activity activity;
    private final ObjectNode finding = JsonNodeFactory.instance.objectNode();

    private OcsfFinding(Alert alert, boolean first) {
        this.alert = alert;
        this.activity = activity(alert, first);
    }

    /**
     * The finding as a new tree.
     *
     * @param alert an alert; its {@code emittedAt} is the finding's time, without one (as in {@code scan}) its latest event's
     * @param first whether it is the first that the reader hears of the alert, which need not be its first revision
     */
    public static ObjectNode of(Alert alert, boolean first) {
        return new OcsfFinding(alert, first).build();
    }

    private static Activity activity(Alert alert, boolean first) {
        if (alert.getStatus().equals("withdrawn")) {
            return Activity.CLOSE;
        }
        if (first) {
            return Activity.CREATE;
        }
        return alert.getStatus().equals("contained") ? Activity.CLOSE : Activity.UPDATE;
    }

    private ObjectNode build() {
        classification();
        finding.put("time", madeAt().toEpochMilli());
        finding.put("timezone_offset", 0);
        if (AlertJson.hasTimes(alert)) {
            finding.put("start_time", alert.getFirstEventTime().toEpochMilli());
            finding.put("end_time", alert.getLastEventTime().toEpochMilli());
        }
        finding.put("message", alert.getTitle());
        status();
        assessment();
        OcsfHeader header = new OcsfHeader(alert, madeAt());
        finding.set("metadata", header.metadata());
        finding.set("finding_info", header.findingInfo());
        OcsfParts parts = new OcsfParts(alert);
        putUnlessEmpty("resources", parts.resources());
        putUnlessEmpty("evidences", parts.evidences());
        putUnlessEmpty("observables", parts.observables());
        header.remediation().ifPresent(steps -> finding.set("remediation", steps));
        ObjectNode unmapped = AlertJson.tree(alert);
        unmapped.remove(MAPPED);
        finding.set("unmapped", unmapped);
        return finding;
    }

    private Instant madeAt() {
        return alert.getEmittedAt().orElse(alert.getLastEventTime());
    }

    private void putUnlessEmpty(String name, ArrayNode values) {
        if (!values.isEmpty()) {
            finding.set(name, values);
        }
    }

    private void classification() {
        OcsfBase.classify(finding, CLASS, "Detection Finding", activity);
        finding.put("is_alert", activity == Activity.CREATE && alert.getStatus().equals("open"));
    }

    private void status() {
        switch (alert.getStatus()) {
            case "suppressed" ->
                OcsfBase.status(
                        finding,
                        3,
                        "Suppressed",
                        "Suppressed by the policy's exception "
                                + alert.getSuppressedBy().orElse(""));
            case "contained" ->
                OcsfBase.status(
                        finding,
                        4,
                        "Resolved",
                        alert.getApplication().isPresent()
                                ? "The logs show the application disabled, deleted or stripped of what was granted"
                                : "The logs show that it was undone");
            case "withdrawn" ->
                OcsfBase.status(
                        finding, 6, "Deleted", alert.getWithdrawnBecause().orElse("Refuted by later events"));
            default -> OcsfBase.status(finding, 1, "New", "");
        }
    }

    private void assessment() {
        int severity = OcsfBase.severity(finding, alert.getSeverity());
        finding.put("risk_level_id", severity);
        finding.put(
                "risk_level",
                List.of("Info", "Low", "Medium", "High", "Critical").get(severity));
        finding.put("risk_score", alert.getRiskScore());
        if (!alert.getRiskReasons().isEmpty()) {
            finding.put("risk_details", String.join("; ", alert.getRiskReasons()));
        }
        int confidence = List.of("low", "medium", "high").indexOf(alert.getConfidence());
        finding.put("confidence_id", confidence + 1);
        finding.put("confidence", List.of("Unknown", "Low", "Medium", "High").get(confidence + 1));
    }
}
