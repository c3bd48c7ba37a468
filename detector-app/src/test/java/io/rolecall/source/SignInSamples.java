package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.scenario.CaseEvent;
import io.rolecall.scenario.Lines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sign-ins as the makers of events write them, in every envelope that a decoder of sign-ins knows. */
final class SignInSamples {

    private static final String[] LINES = {
        "at: +0d, by: ann, from: office, do: sign-in",
        "at: +1d, by: ann, from: outside, do: sign-in, silent: true, city: Zürich, asn: 64501",
        "at: +2d, by: mallory, do: sign-in, error: 50126, app: Payroll Sync, protocol: deviceCode",
        "at: +3d, by: mallory, do: sign-in, error: 65001, app: Payroll Sync, token: primaryRefreshToken",
        "at: +4d, from: outside, do: application-sign-in, app: Payroll Sync, key: one",
        "at: +5d, do: application-sign-in, app: Payroll Sync, managed-identity: true",
        "at: +6d, from: outside, do: application-sign-in, app: Payroll Sync, error: 7000215, owner-tenant: "
                + "f8cdef31-a31e-4b4a-93e4-5f571e91255a"
    };

    private static final Map<String, String> TABLES = Map.of(
            "SignInLogs", "SigninLogs",
            "NonInteractiveUserSignInLogs", "AADNonInteractiveUserSignInLogs",
            "ServicePrincipalSignInLogs", "AADServicePrincipalSignInLogs",
            "ManagedIdentitySignInLogs", "AADManagedIdentitySignInLogs");

    private SignInSamples() {}

    /** Each a text of one object, which one pass over its bytes settles. */
    static List<String> settled() {
        List<String> samples = new ArrayList<>();
        for (CaseEvent event : Lines.cases(LINES)) {
            ObjectNode diagnostic = object(event.event());
            samples.add(diagnostic.toString());
            samples.add(graph(diagnostic).toString());
            samples.add(row(diagnostic, false).toString());
            samples.add(row(diagnostic, true).toString());
            samples.add(hunting(diagnostic).toString());
            event.inOtherLog().ifPresent(other -> samples.add(object(other).toString()));
        }
        return samples;
    }

    private static ObjectNode object(byte[] json) {
        return (ObjectNode) Decoding.parse(new String(json, StandardCharsets.UTF_8));
    }

    /** As the sign-in list of Graph pages it. */
    private static ObjectNode graph(ObjectNode diagnostic) {
        return ((ObjectNode) diagnostic.get("properties")).deepCopy().put("correlationId", "");
    }

    /** As a row of Log Analytics; objects and lists are texts there, and an export gives names an ending. */
    private static ObjectNode row(ObjectNode diagnostic, boolean exported) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        String table = String.valueOf(TABLES.get(diagnostic.path("category").asText()));
        row.put(
                exported ? "TimeGenerated [UTC]" : "TimeGenerated",
                diagnostic.path("time").asText());
        row.put("OperationName", diagnostic.path("operationName").asText());
        row.put("Category", diagnostic.path("category").asText());
        row.put("ResultType", diagnostic.path("resultType").asText());
        row.put("AADTenantId", diagnostic.path("tenantId").asText());
        row.put("TenantId", "11111111-1111-4111-8111-111111111111");
        for (Map.Entry<String, JsonNode> member : diagnostic.get("properties").properties()) {
            String key = member.getKey();
            String column = Character.toUpperCase(key.charAt(0)) + key.substring(1);
            boolean text = member.getValue().isContainerNode();
            String name = column.equals("Location") ? "LocationDetails" : column;
            if (!row.has(name) && !column.equals("CreatedDateTime") && !column.equals("TenantId")) {
                row.put(
                        text && exported ? name + "_s" : name,
                        text ? member.getValue().toString() : member.getValue().asText());
            }
        }
        row.put(
                "CreatedDateTime",
                diagnostic.path("properties").path("createdDateTime").asText());
        row.put("Type", table);
        return row;
    }

    /** As Defender streams it. */
    private static ObjectNode hunting(ObjectNode diagnostic) {
        JsonNode of = diagnostic.path("properties");
        boolean application = !of.has("userId");
        ObjectNode published = JsonNodeFactory.instance.objectNode();
        published.put("time", diagnostic.path("time").asText());
        published.put("tenantId", diagnostic.path("tenantId").asText());
        published.put("operationName", "Publish");
        published.put(
                "category",
                application ? "AdvancedHunting-EntraIdSpnSignInEvents" : "AdvancedHunting-EntraIdSignInEvents");
        ObjectNode columns = published.putObject("properties");
        columns.set("Timestamp", of.path("createdDateTime"));
        columns.set("ReportId", of.path("id"));
        columns.set("ApplicationId", of.path("appId"));
        columns.set("Application", of.path("appDisplayName"));
        columns.set("IPAddress", of.path("ipAddress"));
        columns.set("ErrorCode", of.path("status").path("errorCode"));
        columns.put("City", "Zürich");
        if (application) {
            columns.set("ServicePrincipalId", of.path("servicePrincipalId"));
        } else {
            columns.put("LogonType", "[\"nonInteractiveUser\"]");
            columns.set("AccountObjectId", of.path("userId"));
            columns.set("AccountUpn", of.path("userPrincipalName"));
        }
        return published;
    }
}
