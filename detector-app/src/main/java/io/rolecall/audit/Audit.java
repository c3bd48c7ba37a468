package io.rolecall.audit;

import io.rolecall.audit.ApplicationReader.Read;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what is known of applications and tenants, then judges all of it as of one time. */
public final class Audit {

    private final Map<String, KnownApplication> byKey = new LinkedHashMap<>();
    private final Map<String, KnownTenant> tenants = new LinkedHashMap<>();
    private final Map<String, Watched> watched = new HashMap<>();

    /** Takes an application, in place of what was known of it; one that is deleted tells only what was watched. */
    public void add(Read read) {
        KnownApplication application = read.application();
        watched.merge(application.tenantId(), read.watched(), Watched::and);
        byKey.put(application.tenantId() + "/" + application.id(), application);
    }

    /** Takes a tenant. */
    public void add(KnownTenant tenant) {
        tenants.put(tenant.tenantId(), tenant);
    }

    /** The latest time of anything that happened to an application or in a tenant; empty when only imports are known. */
    public Optional<Instant> latestEvent() {
        return Stream.concat(
                        byKey.values().stream().map(KnownApplication::lastEvent),
                        tenants.values().stream().map(KnownTenant::lastEvent))
                .flatMap(Stream::<@Nullable Instant>ofNullable)
                .max(Comparator.naturalOrder());
    }

    /** How many applications are known to be deleted; there is no entry for them. */
    public long deleted() {
        return byKey.values().stream().filter(Audit::isDeleted).count();
    }

    /** An entry for each application that is not deleted, and for each tenant of which a setting or an alert is known; worst first. */
    public List<AuditEntry> entries(Instant asOf) {
        Stream<AuditEntry> ofApplications = byKey.values().stream()
                .filter(application -> !isDeleted(application))
                .map(application -> AuditEntry.of(
                        application, watched.getOrDefault(application.tenantId(), Watched.NOTHING), asOf));
        Stream<AuditEntry> ofTenants = tenants.values().stream()
                .filter(tenant ->
                        !tenant.settings().isEmpty() || !tenant.alerts().isEmpty())
                .map(tenant -> AuditEntry.of(tenant, asOf));
        return Stream.concat(ofApplications, ofTenants)
                .sorted(AuditEntry.WORST_FIRST)
                .toList();
    }

    private static boolean isDeleted(KnownApplication application) {
        return application.state().equals(KnownApplication.DELETED);
    }
}
