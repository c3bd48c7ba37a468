package io.rolecall.sandbox.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.Json;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An alert that must come, as the script wrote it down.
 *
 * @param detection id of the detection
 * @param subject whom it is about
 * @param severity lower case
 * @param status {@code open} or {@code contained}
 * @param anchor what the finding hangs on besides the subject, its parts joined by line feeds; empty when there is one a subject
 * @param permissions names of the permissions it is about, in the order of the script; empty when it is about none
 * @param scene the scene of the script that causes it
 */
public record ExpectedAlert(
        String detection,
        Subject subject,
        String severity,
        String status,
        Optional<String> anchor,
        List<String> permissions,
        String scene) {

    public ExpectedAlert {
        permissions = List.copyOf(permissions);
    }

    /** The alert id by section 5 of the contract, computed here and not by the detector. */
    public String alertId() {
        String text = String.join("\n", detection, subject.tenantId(), subject.id())
                + anchor.map(part -> "\n" + part).orElse("");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return "rc-" + HexFormat.of().formatHex(hash).substring(0, 40);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The line of {@code truth.ndjson}. */
    public String toJson() {
        ObjectNode node = Json.object("detection", detection, "tenantId", subject.tenantId());
        if (subject.kind() == SubjectKind.APPLICATION) {
            node.put("appId", subject.id());
        }
        node.set("subject", Json.object("kind", subject.kind().label(), "id", subject.id()));
        node.put("severity", severity);
        node.put("status", status);
        anchor.ifPresent(text -> node.put("anchor", text));
        node.set("permissions", Json.array(permissions.toArray()));
        node.put("alertId", alertId());
        node.put("scene", scene);
        return Json.text(node);
    }
}
