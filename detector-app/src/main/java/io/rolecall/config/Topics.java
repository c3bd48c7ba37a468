package io.rolecall.config;

import java.util.List;

/**
 * Names of the topics (contract section 3).
 *
 * @param entraAudit raw Entra audit logs
 * @param entraSignIn raw Entra sign-in logs
 * @param azureActivity raw Azure activity logs
 * @param m365Audit raw Microsoft 365 audit logs
 * @param networks the organisation's networks, compacted
 * @param appEvents normalised facts
 * @param alerts alerts in Avro
 * @param alertsOcsf alerts in OCSF
 * @param quarantine rejected elements
 * @param inventory imported facts, compacted
 * @param incidents incidents in Avro
 * @param incidentsOcsf incidents in OCSF
 */
public record Topics(
        String entraAudit,
        String entraSignIn,
        String azureActivity,
        String m365Audit,
        String networks,
        String appEvents,
        String alerts,
        String alertsOcsf,
        String quarantine,
        String inventory,
        String incidents,
        String incidentsOcsf) {

    /** The default names. */
    public static final Topics DEFAULT = new Topics(
            "entra.audit-logs",
            "entra.sign-in-logs",
            "azure.activity-logs",
            "m365.audit-logs",
            "org.networks",
            "rolecall.app-events",
            "rolecall.alerts",
            "rolecall.alerts.ocsf",
            "rolecall.quarantine",
            "rolecall.inventory",
            "rolecall.incidents",
            "rolecall.incidents.ocsf");

    /** The topics of raw logs, in the order of the configuration. */
    public List<String> rawLogs() {
        return List.of(entraAudit, entraSignIn, azureActivity, m365Audit);
    }
}
