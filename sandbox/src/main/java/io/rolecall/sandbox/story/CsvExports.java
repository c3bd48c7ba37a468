package io.rolecall.sandbox.story;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.acts.Json;
import io.rolecall.acts.Times;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows of the two CSV exports. */
final class CsvExports {

    private static final List<String> COLUMNS = List.of(
            "TenantId",
            "SourceSystem",
            "TimeGenerated",
            "ResourceId",
            "OperationName",
            "OperationVersion",
            "Category",
            "ResultSignature",
            "ResultDescription",
            "CorrelationId",
            "Resource",
            "ResourceGroup",
            "Level",
            "AdditionalDetails",
            "Id",
            "InitiatedBy",
            "LoggedByService",
            "Result",
            "TargetResources",
            "AADTenantId",
            "ActivityDisplayName",
            "ActivityDateTime",
            "AADOperationType",
            "Type");

    /** The export adds the zone to the names of the columns that hold times. */
    static final String LOG_ANALYTICS_HEADER = String.join(",", COLUMNS)
            .replace("TimeGenerated", "TimeGenerated [UTC]")
            .replace("ActivityDateTime", "ActivityDateTime [UTC]");

    static final String SEARCH_HEADER = "\"RecordType\",\"CreationDate\",\"UserIds\",\"Operations\",\"AuditData\","
            + "\"ResultIndex\",\"ResultCount\",\"Identity\",\"IsValid\",\"ObjectState\"";

    /** Names of the record types that the export spells out. */
    private static final Map<Integer, String> RECORD_TYPES = Map.of(
            1, "ExchangeAdmin",
            2, "ExchangeItem",
            6, "SharePointFileOperation",
            8, "AzureActiveDirectory",
            15, "AzureActiveDirectoryStsLogon",
            50, "ExchangeItemAggregated");

    /** Most results of one search session. */
    private static final int SESSION = 5_000;

    private int rows;

    String logAnalytics(String json) {
        JsonNode row = Json.read(json);
        List<String> cells = new ArrayList<>();
        for (String column : COLUMNS) {
            String cell = row.path(column).asText("");
            boolean time = column.equals("TimeGenerated") || column.equals("ActivityDateTime");
            cells.add(quoted(time ? Times.usMillis(Instant.parse(cell)) : cell));
        }
        return String.join(",", cells);
    }

    String searchExport(String json) {
        JsonNode record = Json.read(json);
        Instant time = LocalDateTime.parse(record.path("CreationTime").asText()).toInstant(ZoneOffset.UTC);
        int type = record.path("RecordType").asInt();
        int index = rows++ % SESSION + 1;
        return String.join(
                ",",
                quoted(RECORD_TYPES.getOrDefault(type, String.valueOf(type))),
                quoted(Times.us(time)),
                quoted(record.path("UserId").asText()),
                quoted(record.path("Operation").asText()),
                quoted(json),
                quoted(String.valueOf(index)),
                quoted(String.valueOf(SESSION)),
                quoted(record.path("Id").asText()),
                quoted("True"),
                quoted("Unchanged"));
    }

    private static String quoted(String cell) {
        return "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}
