package io.rolecall.registry;

import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** Why the registry will not have a schema, and what mends it. */
final class SchemaRefusals {

    private static final int CONFLICT = 409;

    private SchemaRefusals() {}

    static RegistryException of(RegistryHttp.Answer answer, String subject, Schema schema, RegistrySettings settings) {
        String base = settings.endpoints().get(0).base();
        if (answer.status() == CONFLICT) {
            return new SchemaRejectedException(
                    "The schema registry refuses %s for the subject %s as incompatible with what is registered there (409): %s. See %s/subjects/%s/versions/latest and %s/config/%s. If no consumer needs the registered versions, write to another topic or delete the subject."
                            .formatted(schema.getFullName(), subject, answer.reason(), base, subject, base, subject),
                    null);
        }
        if (answer.status() == 404 && !settings.autoRegister()) {
            return new SchemaRejectedException(
                    "The subject %s of the schema registry does not hold %s, and the program may not register it (registry.auto.register.schemas=false): %s. Register it with: jq -Rs '{schema: .}' schemas/src/released/VERSION/%s.avsc | curl -X POST -H 'Content-Type: application/vnd.schemaregistry.v1+json' --data @- %s/subjects/%s/versions"
                            .formatted(subject, schema.getFullName(), answer.reason(), schema.getName(), base, subject),
                    null);
        }
        return new SchemaRejectedException(
                "The schema registry refuses %s for the subject %s: %s answers %d, %s"
                        .formatted(schema.getFullName(), subject, answer.url(), answer.status(), answer.reason()),
                null);
    }

    static SchemaRejectedException latestDiffers(
            String url, String subject, Schema schema, SchemaPairCompatibility pair) {
        String why = pair.getResult().getIncompatibilities().stream()
                .map(one -> one.getMessage() + " at " + one.getLocation())
                .collect(Collectors.joining("; "));
        return new SchemaRejectedException(
                "registry.use.latest.version is true, but the latest version of the subject %s (%s) cannot hold what the program writes as %s: %s"
                        .formatted(subject, url, schema.getFullName(), why),
                null);
    }
}
