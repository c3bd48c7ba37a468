package io.rolecall.sandbox.story;

/** How a record is delivered: one log source in one envelope, which is one file of the written story. */
public enum Envelope {
    /** Diagnostic records, one a line. */
    ENTRA_AUDIT_DIAGNOSTIC("entra-audit", "entra-audit.diagnostic.ndjson"),
    /** Diagnostic records in batches {@code {"records":[...]}}. */
    ENTRA_AUDIT_RECORDS("entra-audit", "entra-audit.records.json"),
    /** Pages of Graph {@code directoryAudits}; they name no tenant, so nothing that must raise an alert comes this way. */
    ENTRA_AUDIT_GRAPH_PAGE("entra-audit", "entra-audit.graph-page.json"),
    /** Export of the Log Analytics table {@code AuditLogs}. */
    ENTRA_AUDIT_LOG_ANALYTICS("entra-audit", "entra-audit.log-analytics.csv"),
    /** Blobs of the Management Activity API: arrays of unified audit records. */
    M365_BLOB("m365-audit", "m365-audit.blob.json"),
    /** Unified audit records, one a line. */
    M365_RECORD("m365-audit", "m365-audit.ndjson"),
    /** Export of {@code Search-UnifiedAuditLog} with the record in column {@code AuditData}. */
    M365_SEARCH_EXPORT("m365-audit", "m365-audit.search-export.csv"),
    /** Diagnostic records of sign-ins, one a line, compressed. */
    SIGN_IN_DIAGNOSTIC("entra-sign-in", "entra-sign-in.diagnostic.ndjson.gz"),
    /** Diagnostic records of sign-ins in batches {@code {"records":[...]}}. */
    SIGN_IN_RECORDS("entra-sign-in", "entra-sign-in.records.json"),
    /** Diagnostic records of the Azure activity log, one a line. */
    AZURE_RECORDS("azure-activity", "azure-activity.records.ndjson"),
    /** Pages of the Azure activity log's REST interface. */
    AZURE_REST("azure-activity", "azure-activity.rest.json");

    private final String source;
    private final String fileName;

    Envelope(String source, String fileName) {
        this.source = source;
        this.fileName = fileName;
    }

    /** The log source as the contract names it. */
    public String source() {
        return source;
    }

    public String fileName() {
        return fileName;
    }
}
