package io.rolecall.ops;

import io.rolecall.config.Configuration;
import io.rolecall.config.Topics;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.policy.Policy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/** What {@code /info} tells of a service: what runs, on which topics, under which policy. Nothing of it is secret. */
final class ServiceInfo {

    private final Configuration configuration;
    private final Catalogue catalogue;
    private final Policy policy;
    private final String processingGuarantee;
    private final Instant startedAt;

    ServiceInfo(
            Configuration configuration,
            Catalogue catalogue,
            Policy policy,
            String processingGuarantee,
            Instant startedAt) {
        this.configuration = configuration;
        this.catalogue = catalogue;
        this.policy = policy;
        this.processingGuarantee = processingGuarantee;
        this.startedAt = startedAt;
    }

    /**
     * What is told now.
     *
     * @param networks entries of the table of networks
     * @param watermark where the low watermark of the logs stands
     */
    Map<String, Object> fields(int networks, Map<String, Object> watermark) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", BuildInfo.version());
        fields.put("java", BuildInfo.java());
        fields.put("kafka", AppInfoParser.getVersion());
        fields.put("startedAt", startedAt.toString());
        fields.put("applicationId", configuration.detector().applicationId());
        fields.put("processingGuarantee", processingGuarantee);
        fields.put("topics", topics(configuration.detector().topics()));
        fields.put("policyVersion", policy.version());
        fields.put("networks", networks);
        fields.put("watermark", watermark);
        fields.put("detections", detections());
        return fields;
    }

    private static Map<String, String> topics(Topics topics) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("entra-audit", topics.entraAudit());
        names.put("entra-sign-in", topics.entraSignIn());
        names.put("azure-activity", topics.azureActivity());
        names.put("m365-audit", topics.m365Audit());
        names.put("networks", topics.networks());
        names.put("app-events", topics.appEvents());
        names.put("alerts", topics.alerts());
        names.put("alerts-ocsf", topics.alertsOcsf());
        names.put("quarantine", topics.quarantine());
        names.put("inventory", topics.inventory());
        names.put("incidents", topics.incidents());
        names.put("incidents-ocsf", topics.incidentsOcsf());
        return names;
    }

    private List<Map<String, Object>> detections() {
        return catalogue.all().stream().map(this::detection).toList();
    }

    private Map<String, Object> detection(Detection detection) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", detection.id());
        fields.put("version", catalogue.page(detection).version());
        fields.put("enabled", policy.settings(detection.id()).enabled());
        return fields;
    }
}
