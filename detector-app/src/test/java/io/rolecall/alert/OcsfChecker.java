package io.rolecall.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** Validates events against the JSON Schema that is compiled from OCSF's own files. */
public final class OcsfChecker {

    private static final Schema SCHEMA = schema("detection_finding");
    private static final Schema INCIDENT = schema("incident_finding");

    private OcsfChecker() {}

    private static Schema schema(String event) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(OcsfJsonSchema.compile(event));
    }

    /** Everything that is wrong with a Detection Finding, each with its place; empty when it is valid. */
    public static List<String> problems(JsonNode event) {
        return problems(SCHEMA, event);
    }

    /** The same of an Incident Finding. */
    public static List<String> problemsOfIncident(JsonNode event) {
        return problems(INCIDENT, event);
    }

    private static List<String> problems(Schema schema, JsonNode event) {
        return schema.validate(event).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
