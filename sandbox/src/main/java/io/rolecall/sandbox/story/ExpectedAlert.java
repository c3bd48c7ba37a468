package io.rolecall.sandbox.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An alert that must come, as the script wrote it down. Every subject of the story's alerts is an application.
 *
 * @param detection id of the detection
 * @param tenantId tenant, lower case
 * @param appId App ID, lower case; also the subject's id
 * @param severity lower case
 * @param anchor what the finding hangs on besides the application, lower case; empty when there is one an application
 * @param permissions names of the permissions it is about, in the order of the script; empty when it is about none
 * @param scene the scene of the script that causes it
 */
public record ExpectedAlert(
        String detection,
        String tenantId,
        String appId,
        String severity,
        Optional<String> anchor,
        List<String> permissions,
        String scene) {

    public ExpectedAlert {
        permissions = List.copyOf(permissions);
    }

    /** The alert id by section 5 of the contract, computed here and not by the detector. */
    public String alertId() {
        String subject = String.join("\n", detection, tenantId, appId).toLowerCase(Locale.ROOT);
        String text =
                subject + anchor.map(a -> "\n" + a.toLowerCase(Locale.ROOT)).orElse("");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "rc-" + HexFormat.of().formatHex(hash).substring(0, 40);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The line of {@code truth.ndjson}. */
    public String toJson() {
        ObjectNode node = Json.object(
                "detection", detection,
                "tenantId", tenantId,
                "appId", appId,
                "subject", Json.object("kind", "application", "id", appId),
                "severity", severity,
                "status", "open");
        anchor.ifPresent(text -> node.put("anchor", text));
        node.set("permissions", Json.array(permissions.toArray()));
        node.put("alertId", alertId());
        node.put("scene", scene);
        return Json.text(node);
    }
}
