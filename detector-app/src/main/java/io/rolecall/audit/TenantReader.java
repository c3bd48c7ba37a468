package io.rolecall.audit;

import io.rolecall.audit.KnownApplication.Raised;
import io.rolecall.audit.KnownTenant.Setting;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.ConsentSetting;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ConsentPolicyChange;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the settings of a tenant's authorization policy from the changes that were logged; what was never changed is not known. */
public final class TenantReader {

    private final Instant until;

    /** @param until changes of later times are left out; {@link Instant#MAX} for none */
    public TenantReader(Instant until) {
        this.until = until;
    }

    /**
     * Reads one.
     *
     * @param alerts that may be about it; those about others are left out
     */
    public KnownTenant read(SubjectHistory history, List<Alert> alerts) {
        Map<String, Setting> latest = new TreeMap<>();
        List<AppEvent> acts = history.acts().stream()
                .filter(act -> !act.getEventTime().isAfter(until))
                .sorted(Facts.ORDER)
                .toList();
        for (AppEvent act : acts) {
            if (Facts.is(act, Operations.UPDATE_AUTHORIZATION_POLICY) && Facts.succeeded(act)) {
                Details.of(act, ConsentPolicyChange.class).stream()
                        .flatMap(policy -> policy.getChanges().stream())
                        .flatMap(change -> ConsentSetting.of(change).stream())
                        .forEach(setting -> latest.put(setting.property(), setting(setting, act)));
            }
        }
        List<Raised> raised = alerts.stream()
                .filter(alert -> alert.getSubject().getKind().equals("tenant")
                        && alert.getTenantId().equals(history.subject().tenantId())
                        && alert.getStatus().equals("open")
                        && !alert.getLastEventTime().isAfter(until))
                .sorted(Comparator.comparing(Alert::getFirstEventTime).thenComparing(Alert::getAlertId))
                .map(alert ->
                        new Raised(alert.getAlertId(), alert.getDetection(), alert.getSeverity(), alert.getTitle()))
                .toList();
        return new KnownTenant(
                history.subject().tenantId(),
                List.copyOf(latest.values()),
                raised,
                acts.isEmpty() ? null : acts.get(acts.size() - 1).getEventTime());
    }

    private static Setting setting(ConsentSetting setting, AppEvent act) {
        return new Setting(
                setting.name(),
                setting.property(),
                setting.now().orElse(null),
                setting.old().orElse(null),
                act.getEventTime(),
                Known.actor(act),
                setting.way().name().toLowerCase(Locale.ROOT));
    }
}
