package io.rolecall.source;

import io.rolecall.event.OperationNames;
import io.rolecall.event.Operations;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an element is, told by its content alone.
 *
 * @param source the log it is of
 * @param envelope how it was wrapped, wrappers in front
 * @param operation normalised operation
 * @param rawOperation operation as logged
 */
record Shape(Source source, String envelope, String operation, String rawOperation) {

    /** The four logs. */
    enum Source {
        ENTRA_AUDIT,
        ENTRA_SIGN_IN,
        AZURE_ACTIVITY,
        M365_AUDIT;

        /** Name in the normalised event, for example {@code entra-audit}. */
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final String[] UNIFIED = {
        "RecordType",
        "Workload",
        "OfficeWorkload",
        "CreationTime",
        "CreationDate",
        "OrganizationId",
        "UserKey",
        "UserId",
        "UserIds",
        "Parameters",
        "ActionType"
    };
    private static final String[] DIRECTORY = {
        "properties",
        "targetResources",
        "targetResource",
        "initiatedBy",
        "activityDateTime",
        "AADTenantId",
        "tenantId",
        "resourceId",
        "category",
        "TimeGenerated",
        "time",
        "@timestamp"
    };
    private static final Set<String> AZURE_CATEGORIES = Set.of(
            "administrative",
            "servicehealth",
            "autoscale",
            "recommendation",
            "resourcehealth",
            "auditevent",
            "storageread",
            "storagewrite",
            "storagedelete");
    private static final Set<String> AZURE_TABLES = Set.of(
            "azureactivity",
            "azurediagnostics",
            "azkvauditlogs",
            "storagebloblogs",
            "storagefilelogs",
            "storagequeuelogs",
            "storagetablelogs");
    private static final Set<String> TABLES = Set.of(
            "auditlogs",
            "signinlogs",
            "aadnoninteractiveusersigninlogs",
            "aadserviceprincipalsigninlogs",
            "aadmanagedidentitysigninlogs",
            "azureactivity",
            "officeactivity");

    /** What the element is; null when its content is of none of the logs. */
    static @Nullable Shape of(Element element, RawOperation raw) {
        EventFields fields = element.fields();
        String operation = OperationNames.normalise(raw.text());
        String category = text(fields, "category");
        String table = text(fields, "Type");
        boolean rows = fields.has("TimeGenerated", "AADTenantId", "OperationNameValue", "OfficeId", "OfficeWorkload")
                || TABLES.contains(table);
        Source source = source(fields, raw, operation, category, table);
        if (source == null) {
            return null;
        }
        String envelope = envelope(element, raw, source, rows);
        return new Shape(source, element.wrappers() + envelope, operation, raw.text());
    }

    private static @Nullable Source source(
            EventFields fields, RawOperation raw, String operation, String category, String table) {
        if (operation.equals(GraphActivityDecoder.OPERATION)) {
            return Source.ENTRA_AUDIT;
        }
        if (raw.key().equals("operation")) {
            return fields.has(UNIFIED) ? Source.M365_AUDIT : null;
        }
        boolean azure = raw.localised()
                || raw.key().equals("operationnamevalue")
                || raw.text().indexOf('/') > 0
                || AZURE_CATEGORIES.contains(category)
                || AZURE_TABLES.contains(table)
                || fields.has("eventDataId", "eventTimestamp");
        if (azure) {
            return Source.AZURE_ACTIVITY;
        }
        if (operation.equals(Operations.SIGN_IN) || category.endsWith("signinlogs") || table.endsWith("signinlogs")) {
            return Source.ENTRA_SIGN_IN;
        }
        if (isOfResource(fields)) {
            return Source.AZURE_ACTIVITY;
        }
        return fields.has(DIRECTORY) ? Source.ENTRA_AUDIT : null;
    }

    /** Vaults, storage accounts and other resources log under their own path; what Entra logs is below a tenant. */
    private static boolean isOfResource(EventFields fields) {
        String resource = text(fields, "resourceId");
        return (resource.isEmpty() ? text(fields, "_ResourceId") : resource).startsWith("/subscriptions/");
    }

    private static String envelope(Element element, RawOperation raw, Source source, boolean rows) {
        EventFields fields = element.fields();
        if (element.cloudApp()) {
            return "cloud-app-events";
        }
        if (source == Source.ENTRA_SIGN_IN && HuntingSignIns.isRow(fields)) {
            return HuntingSignIns.ENVELOPE;
        }
        if (rows) {
            return "log-analytics";
        }
        if (source == Source.M365_AUDIT) {
            return "unified-audit";
        }
        if (raw.localised() || fields.has("eventDataId", "eventTimestamp")) {
            return "rest";
        }
        if (fields.hasExactly("operationname")) {
            return "diagnostic-lower-case";
        }
        boolean record = fields.has("properties", "time", "operationName") || source == Source.AZURE_ACTIVITY;
        return record ? "diagnostic" : "graph";
    }

    private static String text(EventFields fields, String name) {
        String text = fields.text(name);
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
