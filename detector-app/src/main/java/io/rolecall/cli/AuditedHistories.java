package io.rolecall.cli;

import io.rolecall.audit.ApplicationReader;
import io.rolecall.audit.Audit;
import io.rolecall.audit.TenantReader;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.Alert;
import io.rolecall.state.SubjectStores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads every application and tenant of a detector in this process. */
final class AuditedHistories {

    private static final int SLICE = 256;

    private final SubjectStores stores;
    private final Map<Subject, List<Alert>> alerts = new HashMap<>();

    /** @param alerts the final alerts */
    AuditedHistories(SubjectStores stores, List<Alert> alerts) {
        this.stores = stores;
        alerts.forEach(alert -> this.alerts
                .computeIfAbsent(Subject.of(alert), any -> new ArrayList<>())
                .add(alert));
    }

    void read(Audit audit, ApplicationReader applications, TenantReader tenants, AuditedExport imported) {
        each(SubjectKind.APPLICATION, history -> {
            Subject subject = history.subject();
            if (history instanceof ApplicationHistory application) {
                audit.add(applications.read(
                        application, imported.of(subject.tenantId(), subject.id()), alertsOf(subject)));
            }
        });
        each(SubjectKind.TENANT, history -> audit.add(tenants.read(history, alertsOf(history.subject()))));
    }

    private List<Alert> alertsOf(Subject subject) {
        return alerts.getOrDefault(subject, List.of());
    }

    /** Tenants of the applications that are known. */
    Set<String> tenants() {
        Set<String> tenants = new TreeSet<>();
        each(SubjectKind.APPLICATION, history -> tenants.add(history.subject().tenantId()));
        return tenants;
    }

    private void each(SubjectKind kind, Consumer<SubjectHistory> visit) {
        @Nullable Subject last = null;
        List<Subject> slice;
        do {
            slice = stores.slice(kind, last, SLICE);
            for (Subject subject : slice) {
                stores.view(subject)
                        .filter(history -> history.profile().getMovedTo().isEmpty())
                        .ifPresent(visit);
                last = subject;
            }
        } while (slice.size() == SLICE);
    }
}
