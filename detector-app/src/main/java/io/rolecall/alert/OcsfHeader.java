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
import java.util.Optional;
import java.util.Set;

/** What an OCSF finding says of itself: its metadata, its {@code finding_info} and what to do about it. */
final class OcsfHeader {

    private final Alert alert;
    private final Instant madeAt;

    OcsfHeader(Alert alert, Instant madeAt) {
        this.alert = alert;
        this.madeAt = madeAt;
    }

    ObjectNode metadata() {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        OcsfBase.begin(metadata, alert.getAlertId() + ":" + alert.getGeneration() + ":" + alert.getRevision());
        metadata.put("event_code", alert.getDetection());
        metadata.put("correlation_uid", alert.getGroupKey());
        metadata.put("tenant_uid", alert.getTenantId());
        metadata.put("log_name", "rolecall.alerts");
        OcsfBase.product(metadata);
        return metadata;
    }

    ObjectNode findingInfo() {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.put("uid", alert.getAlertId());
        info.put("title", alert.getTitle());
        info.put("desc", alert.getExplanation());
        if (AlertJson.hasTimes(alert)) {
            info.put("first_seen_time", alert.getFirstEventTime().toEpochMilli());
            info.put("last_seen_time", alert.getLastEventTime().toEpochMilli());
        }
        if (alert.getRevision() > 1) {
            info.put("modified_time", madeAt.toEpochMilli());
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
        return info;
    }

    /** The containment steps as one text; empty when there are none. */
    Optional<ObjectNode> remediation() {
        List<Containment> steps = alert.getContainment();
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode remediation = JsonNodeFactory.instance.objectNode();
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
        return Optional.of(remediation);
    }
}
