package io.rolecall.cli;

import io.rolecall.audit.Imported;
import io.rolecall.event.Details;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.inventory.ExportedDetails;
import io.rolecall.inventory.InventoryExport;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The exports of Microsoft Graph among the files of an audit, and what was imported otherwise. A file is an export when its beginning
 * holds one of the objects that {@code inventory import} takes.
 */
final class AuditedExport {

    private final InventoryExport export;
    private final ExportTimes times;
    private final Map<String, Boolean> exports = new HashMap<>();
    private final Map<String, List<AppEvent>> facts = new HashMap<>();
    private final Map<String, Instant> latest = new HashMap<>();
    private boolean read;
    private boolean roles;
    private boolean scopes;

    /** @param rejects told of every object of an export that cannot be used */
    AuditedExport(ExportTimes times, Consumer<Rejected> rejects) {
        this.times = times;
        this.export = new InventoryExport(rejects);
    }

    /** Takes a part of a file if the file is an export. */
    boolean takes(Chunk chunk) {
        boolean isExport = exports.computeIfAbsent(chunk.file(), file -> isExport(chunk));
        if (isExport) {
            export.read(chunk, times.of(chunk.file()));
            read = true;
        }
        return isExport;
    }

    private boolean isExport(Chunk chunk) {
        InventoryExport probe = new InventoryExport(rejected -> {});
        probe.read(chunk, Instant.EPOCH);
        return !probe.isEmpty() || !probe.tenants().isEmpty();
    }

    /** Whether anything was an export. */
    boolean isAny() {
        return read;
    }

    /** Tenants that the exports name. */
    Set<String> tenants() {
        return export.tenants();
    }

    /**
     * Hands the facts of the exports to a detector, as facts of a tenant.
     *
     * @return how many
     */
    int feed(InProcessDetector detector, String tenantId) {
        Collection<InventoryExport.Fact> all = export.facts(tenantId).values();
        all.forEach(fact -> {
            detector.feedImported(fact.event(), export.exportedAt());
            add(fact.event(), export.exportedAt());
        });
        return all.size();
    }

    /** Takes a fact that was imported before. */
    void add(AppEvent fact, Instant at) {
        fact.getAppId().ifPresent(appId -> {
            String key = key(fact.getTenantId(), appId);
            facts.computeIfAbsent(key, any -> new ArrayList<>()).add(fact);
            roles |= Details.of(fact, AppRole.class).isPresent();
            scopes |= Details.of(fact, DelegatedGrant.class).isPresent();
            latest.merge(key, at, (one, other) -> one.isAfter(other) ? one : other);
        });
    }

    /** What is imported of an application. */
    Imported of(String tenantId, String appId) {
        String key = key(tenantId, appId);
        List<AppEvent> known = facts.getOrDefault(key, List.of());
        ExportedDetails.Details details = export.details().of(appId);
        return known.isEmpty()
                ? Imported.NONE
                : new Imported(known, details, roles && scopes, latest.getOrDefault(key, export.exportedAt()));
    }

    /** When the latest import was made; empty when nothing was imported. */
    Optional<Instant> latest() {
        return latest.values().stream().max(Instant::compareTo);
    }

    private static String key(String tenantId, String appId) {
        return tenantId + "/" + appId;
    }
}
