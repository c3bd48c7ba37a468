package io.rolecall.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.event.AvroJson;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.Evidence;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * JSON lines that Timesketch imports: {@code message}, {@code datetime} and {@code timestamp_desc} are what it requires, the rest
 * are flat fields to search by. A withdrawn alert has no place in time and is left out.
 */
final class TimesketchRenderer implements AlertRenderer {

    @Override
    public void alert(Alert alert, Writer out) throws IOException {
        if (!AlertJson.hasTimes(alert)) {
            return;
        }
        for (Evidence evidence : alert.getEvidence()) {
            out.write(evidence(alert, evidence) + "\n");
        }
        out.write(alert(alert) + "\n");
    }

    private static ObjectNode evidence(Alert alert, Evidence evidence) {
        ObjectNode line =
                line(evidence.getSummary(), evidence.getEventTime(), "Event Logged", "rolecall:evidence", alert);
        line.put("event_id", evidence.getEventId());
        line.put("source", evidence.getSource());
        line.put("operation", evidence.getOperation());
        evidence.getIp().ifPresent(ip -> line.put("ip", ip));
        line.put("position", evidence.getPosition());
        return line;
    }

    private static ObjectNode alert(Alert alert) {
        ObjectNode line = line(alert.getTitle(), alert.getLastEventTime(), "Alert Raised", "rolecall:alert", alert);
        line.put("explanation", alert.getExplanation());
        line.put("confidence", alert.getConfidence());
        line.put("risk_score", alert.getRiskScore());
        line.put("first_event_time", AvroJson.time(alert.getFirstEventTime()));
        line.put("evidence_count", alert.getEvidenceCount());
        joined(line, "actors", alert.getActors(), TimesketchRenderer::actor);
        joined(line, "ip", alert.getActors(), AlertActor::getIp);
        joined(line, "permissions", alert.getPermissions(), permission -> Optional.of(permission(permission)));
        joined(line, "attack", alert.getAttack(), pair -> Optional.of(pair.getTechnique()));
        return line;
    }

    private static ObjectNode line(String message, Instant at, String description, String type, Alert alert) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("message", message);
        line.put("datetime", AvroJson.time(at));
        line.put("timestamp_desc", description);
        line.put("data_type", type);
        line.put("alert_id", alert.getAlertId());
        line.put("detection", alert.getDetection());
        line.put("severity", alert.getSeverity());
        line.put("status", alert.getStatus());
        line.put("tenant_id", alert.getTenantId());
        if (alert.getApplication().isEmpty()) {
            line.put("subject_kind", alert.getSubject().getKind());
            line.put("subject_id", alert.getSubject().getId());
        }
        alert.getApplication().ifPresent(application -> {
            application.getAppId().ifPresent(id -> line.put("app_id", id));
            application.getDisplayName().ifPresent(name -> line.put("app_name", name));
            application.getServicePrincipalId().ifPresent(id -> line.put("service_principal_id", id));
        });
        return line;
    }

    private static <T> void joined(ObjectNode line, String field, List<T> values, Function<T, Optional<String>> text) {
        List<String> texts =
                values.stream().map(text).flatMap(Optional::stream).distinct().toList();
        if (!texts.isEmpty()) {
            line.put(field, String.join(", ", texts));
        }
    }

    private static Optional<String> actor(AlertActor actor) {
        return DisplayNames.firstOf(actor.getName(), actor.getId());
    }

    private static String permission(AlertPermission permission) {
        return permission.getResource() + "/" + permission.getValue();
    }
}
