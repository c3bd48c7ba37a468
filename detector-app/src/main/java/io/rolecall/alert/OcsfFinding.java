package io.rolecall.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Containment;
import io.rolecall.schema.Evidence;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An alert as an OCSF 1.8.0 Detection Finding (class 2004). {@code finding_info.uid} is the alert id in every revision,
 * {@code metadata.uid} differs with each. A first revision is Create, a later one Update; Close once the alert is contained or
 * withdrawn. What OCSF has no place for stands under {@code unmapped} with the names of the alert.
 */
public final class OcsfFinding {

    private static final String SCHEMA_VERSION = "1.8.0";
    private static final int CATEGORY = 2;
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

    private static final List<String> SEVERITIES = List.of("informational", "low", "medium", "high", "critical");

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

    private final Alert alert;
    private final Activity activity;
    private final ObjectNode finding = JsonNodeFactory.instance.objectNode();

    private OcsfFinding(Alert alert) {
        this.alert = alert;
        this.activity = activity(alert);
    }

    /**
     * The finding as a new tree.
     *
     * @param alert an alert; its {@code emittedAt} is the finding's time, without one (as in {@code scan}) its latest event's
     */
    public static ObjectNode of(Alert alert) {
        return new OcsfFinding(alert).build();
    }

    private static Activity activity(Alert alert) {
        if (alert.getStatus().equals("withdrawn")) {
            return Activity.CLOSE;
        }
        if (alert.getRevision() <= 1) {
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
        judgement();
        metadata();
        findingInfo();
        OcsfParts parts = new OcsfParts(alert);
        putUnlessEmpty("resources", parts.resources());
        putUnlessEmpty("evidences", parts.evidences());
        putUnlessEmpty("observables", parts.observables());
        remediation();
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
        finding.put("activity_id", activity.id);
        finding.put("activity_name", activity.caption);
        finding.put("category_uid", CATEGORY);
        finding.put("category_name", "Findings");
        finding.put("class_uid", CLASS);
        finding.put("class_name", "Detection Finding");
        finding.put("type_uid", CLASS * 100L + activity.id);
        finding.put("type_name", "Detection Finding: " + activity.caption);
        finding.put("is_alert", activity == Activity.CREATE && alert.getStatus().equals("open"));
    }

    private void status() {
        switch (alert.getStatus()) {
            case "suppressed" ->
                status(
                        3,
                        "Suppressed",
                        "Suppressed by the policy's exception "
                                + alert.getSuppressedBy().orElse(""));
            case "contained" ->
                status(
                        4,
                        "Resolved",
                        "The logs show the application disabled, deleted or stripped of what was granted");
            case "withdrawn" -> status(6, "Deleted", alert.getWithdrawnBecause().orElse("Refuted by later events"));
            default -> status(1, "New", "");
        }
    }

    private void status(int id, String caption, String detail) {
        finding.put("status_id", id);
        finding.put("status", caption);
        if (!detail.isEmpty()) {
            finding.put("status_detail", detail.strip());
        }
    }

    private void judgement() {
        int severity = SEVERITIES.indexOf(alert.getSeverity());
        finding.put("severity_id", severity + 1);
        finding.put(
                "severity",
                List.of("Informational", "Low", "Medium", "High", "Critical").get(severity));
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

    private void metadata() {
        ObjectNode metadata = finding.putObject("metadata");
        metadata.put("version", SCHEMA_VERSION);
        metadata.put("uid", alert.getAlertId() + "-" + alert.getRevision());
        metadata.put("event_code", alert.getDetection());
        metadata.put("correlation_uid", alert.getGroupKey());
        metadata.put("tenant_uid", alert.getTenantId());
        metadata.put("log_name", "rolecall.alerts");
        ObjectNode product = metadata.putObject("product");
        product.put("name", "Rolecall");
        product.put("vendor_name", "Rolecall");
        String version = OcsfFinding.class.getPackage().getImplementationVersion();
        if (version != null) {
            product.put("version", version);
        }
    }

    private void findingInfo() {
        ObjectNode info = finding.putObject("finding_info");
        info.put("uid", alert.getAlertId());
        info.put("title", alert.getTitle());
        info.put("desc", alert.getExplanation());
        if (AlertJson.hasTimes(alert)) {
            info.put("first_seen_time", alert.getFirstEventTime().toEpochMilli());
            info.put("last_seen_time", alert.getLastEventTime().toEpochMilli());
        }
        if (alert.getRevision() > 1) {
            info.put("modified_time", madeAt().toEpochMilli());
        }
        info.put("related_events_count", alert.getEvidenceCount());
        ObjectNode analytic = info.putObject("analytic");
        analytic.put("uid", alert.getDetection());
        analytic.put("name", alert.getDetection());
        analytic.put("version", Integer.toString(alert.getDetectionVersion()));
        analytic.put("type_id", 1);
        analytic.put("type", "Rule");
        if (!alert.getAttack().isEmpty()) {
            ArrayNode attacks = info.putArray("attacks");
            alert.getAttack().forEach(pair -> attacks.add(AttackNames.attack(pair)));
        }
        Set<String> sources = new LinkedHashSet<>();
        alert.getEvidence().stream().map(Evidence::getSource).sorted().forEach(sources::add);
        if (!sources.isEmpty()) {
            ArrayNode dataSources = info.putArray("data_sources");
            sources.forEach(dataSources::add);
        }
    }

    private void remediation() {
        List<Containment> steps = alert.getContainment();
        if (steps.isEmpty()) {
            return;
        }
        ObjectNode remediation = finding.putObject("remediation");
        StringBuilder text = new StringBuilder();
        Set<String> links = new LinkedHashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            Containment step = steps.get(i);
            text.append(i == 0 ? "" : "\n").append(i + 1).append(". ").append(step.getAction());
            step.getTargetId()
                    .ifPresent(target -> text.append(" (").append(target).append(')'));
            step.getLink().ifPresent(links::add);
        }
        remediation.put("desc", text.toString());
        ArrayNode references = remediation.putArray("references");
        links.forEach(references::add);
    }
}
