package io.rolecall.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** Validates events against the JSON Schema that is compiled from OCSF's own files. */
public final class OcsfChecker {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(OcsfJsonSchema.compile());

    private OcsfChecker() {}

    /** Everything that is wrong with a Detection Finding, each with its place; empty when it is valid. */
    public static List<String> problems(JsonNode event) {
        return SCHEMA.validate(event).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
