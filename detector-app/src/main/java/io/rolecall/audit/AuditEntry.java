package io.rolecall.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.audit.KnownApplication.Raised;
import io.rolecall.audit.KnownApplication.Use;
import io.rolecall.event.AvroJson;
import io.rolecall.policy.Severity;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit: an application or the settings of a tenant, with what is wrong with it. The JSON object is the form that is
 * printed and compared; docs/audit.md describes it.
 *
 * @param json the object
 * @param severity the worst of its findings and open alerts; informational when there is neither
 */
public record AuditEntry(ObjectNode json, Severity severity) {

    /** Worst first, then by name and id, so that two audits of the same facts are equal. */
    public static final Comparator<AuditEntry> WORST_FIRST = Comparator.comparing(AuditEntry::severity)
            .reversed()
            .thenComparing(entry -> entry.json().path("displayName").asText())
            .thenComparing(AuditEntry::key);

    private static final String UNKNOWN = KnownApplication.UNKNOWN;
    private static final Set<String> KINDS = Set.of("application", "tenant");

    /** What makes it the same application or tenant in two audits. */
    public String key() {
        return json.path("kind").asText() + "/" + json.path("tenantId").asText() + "/"
                + json.path("id").asText();
    }

    /**
     * Reads an entry that was printed.
     *
     * @return empty when the object is none
     */
    public static Optional<AuditEntry> read(JsonNode json) {
        boolean entry = json instanceof ObjectNode
                && KINDS.contains(json.path("kind").asText())
                && json.path("id").isTextual()
                && json.path("tenantId").isTextual()
                && json.path("findings").isArray();
        return entry
                ? Arrays.stream(Severity.values())
                        .filter(severity ->
                                severity.label().equals(json.path("severity").asText()))
                        .findFirst()
                        .map(severity -> new AuditEntry((ObjectNode) json, severity))
                : Optional.empty();
    }

    /** The worst of its findings and open alerts; empty when there is neither. */
    public Optional<Severity> worst() {
        return json.path("findings").isEmpty() && json.path("alerts").isEmpty()
                ? Optional.empty()
                : Optional.of(severity);
    }

    static AuditEntry of(KnownApplication app, Watched watched, Instant asOf) {
        List<AuditFinding> findings = Findings.of(app, watched, asOf);
        Severity severity = worst(findings, app.alerts());
        ObjectNode json = begin("application", app.tenantId(), app.id(), asOf, severity);
        EntryParts.text(json, "appId", app.resolved() ? app.id() : null);
        EntryParts.text(json, "objectId", app.objectId());
        EntryParts.text(json, "servicePrincipalId", app.servicePrincipalId());
        EntryParts.text(json, "displayName", app.displayName());
        json.put("state", app.state());
        json.put("tenancy", EntryParts.orUnknown(app.tenancy()));
        ObjectNode publisher = json.putObject("publisher");
        publisher.put("owner", owner(app));
        EntryParts.text(publisher, "domain", app.publisherDomain());
        EntryParts.text(publisher, "verified", app.verifiedPublisher());
        json.put("registeredAt", EntryParts.time(app.registeredAt()));
        json.put("registeredBy", EntryParts.orUnknown(app.registeredBy()));
        ArrayNode permissions = json.putArray("permissions");
        app.permissions().forEach(permit -> permissions.add(EntryParts.permission(permit)));
        ObjectNode users = json.putObject("users");
        users.put(
                "everybody",
                app.permissions().stream().anyMatch(permit -> permit.forEverybody() && permit.tier() != null));
        users.put("count", app.userCount());
        app.users().forEach(users.putArray("first")::add);
        json.put("lastAuthorised", lastAuthorised(app));
        json.put("lastUsed", lastUsed(app, watched, asOf));
        ArrayNode owners = json.putArray("owners");
        app.owners().forEach(owner -> owners.add(EntryParts.owner(owner)));
        ArrayNode credentials = json.putArray("credentials");
        app.credentials().forEach(key -> credentials.add(EntryParts.credential(app, key, watched, asOf)));
        ArrayNode redirects = json.putArray("redirects");
        app.redirects().forEach(redirect -> {
            ObjectNode one = redirects.addObject().put("uri", redirect.uri());
            redirect.flaws().forEach(one.putArray("flaws")::add);
        });
        end(json, app.alerts(), app.incidentId());
        Unknowns.of(app, watched).forEach(json.putArray("unknown")::add);
        add(json, findings);
        return new AuditEntry(json, severity);
    }

    static AuditEntry of(KnownTenant tenant, Instant asOf) {
        List<AuditFinding> findings = Findings.of(tenant);
        Severity severity = worst(findings, tenant.alerts());
        ObjectNode json = begin("tenant", tenant.tenantId(), tenant.tenantId(), asOf, severity);
        ArrayNode settings = json.putArray("settings");
        tenant.settings().forEach(setting -> {
            ObjectNode one = settings.addObject();
            one.put("name", setting.name());
            EntryParts.text(one, "value", setting.value());
            EntryParts.text(one, "was", setting.was());
            one.put("since", EntryParts.time(setting.since()));
            one.put("by", EntryParts.orUnknown(setting.by()));
            one.put("way", setting.way());
        });
        end(json, tenant.alerts(), null);
        // A setting that no event changed has a value too, which no log tells.
        json.putArray("unknown").add("settings");
        add(json, findings);
        return new AuditEntry(json, severity);
    }

    private static Severity worst(List<AuditFinding> findings, List<Raised> alerts) {
        return Stream.concat(
                        findings.stream().map(AuditFinding::severity),
                        alerts.stream().map(alert -> Severity.ofLabel(alert.severity())))
                .max(Comparator.naturalOrder())
                .orElse(Severity.INFORMATIONAL);
    }

    private static ObjectNode begin(String kind, String tenantId, String id, Instant asOf, Severity severity) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind)
                .put("asOf", AvroJson.time(asOf))
                .put("severity", severity.label())
                .put("tenantId", tenantId)
                .put("id", id);
    }

    private static void end(ObjectNode json, List<Raised> alerts, @Nullable String incidentId) {
        ArrayNode all = json.putArray("alerts");
        alerts.forEach(alert -> all.addObject()
                .put("alertId", alert.alertId())
                .put("detection", alert.detection())
                .put("severity", alert.severity())
                .put("title", alert.title()));
        EntryParts.text(json, "incidentId", incidentId);
    }

    private static void add(ObjectNode json, Collection<AuditFinding> findings) {
        ArrayNode all = json.putArray("findings");
        findings.forEach(finding -> {
            ObjectNode one = all.addObject()
                    .put("id", finding.rule().id())
                    .put("severity", finding.severity().label());
            EntryParts.text(one, "about", finding.about().isEmpty() ? null : finding.about());
            one.put("reason", finding.reason()).put("remedy", finding.rule().remedy());
        });
    }

    private static String owner(KnownApplication app) {
        if (app.microsofts()) {
            return "Microsoft";
        }
        if (app.registeredHere()) {
            return "this tenant";
        }
        return EntryParts.orUnknown(app.ownerTenantId());
    }

    private static String lastAuthorised(KnownApplication app) {
        return app.lastAuthorised() == null && app.permissionsComplete() && app.registrationSeen()
                ? "never"
                : EntryParts.time(app.lastAuthorised());
    }

    private static String lastUsed(KnownApplication app, Watched watched, Instant asOf) {
        return Stream.of(app.lastOwnUse(), app.lastUserUse())
                .flatMap(Stream::ofNullable)
                .max(Comparator.comparing(Use::at))
                .map(EntryParts::use)
                .orElse(Unknowns.neverUsed(app, watched, asOf) ? "never" : UNKNOWN);
    }
}
