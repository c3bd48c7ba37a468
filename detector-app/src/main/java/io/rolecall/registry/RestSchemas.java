package io.rolecall.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** The registry behind Confluent's REST API. */
final class RestSchemas implements SchemaStore {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int NOT_FOUND = 404;

    private final RegistrySettings settings;
    private final RegistryHttp http;

    RestSchemas(RegistrySettings settings) {
        this.settings = settings;
        this.http = new RegistryHttp(settings);
    }

    @Override
    public RegisteredSchema toWrite(String subject, Schema schema) {
        if (settings.useLatest()) {
            return latest(subject, schema);
        }
        String body =
                MAPPER.createObjectNode().put("schema", SchemaText.of(schema)).toString();
        String path = "/subjects/" + encoded(subject);
        RegistryHttp.Answer answer = settings.autoRegister() ? register(path, body) : lookUp(path, body);
        if (answer.status() != 200) {
            throw SchemaRefusals.of(answer, subject, schema, settings);
        }
        return new RegisteredSchema(id(answer), schema);
    }

    private RegistryHttp.Answer register(String path, String body) {
        return http.send(path + "/versions" + (settings.normalize() ? "?normalize=true" : ""), body);
    }

    /** As text first; normalised where the registered text has another layout. Registries differ in what they compare. */
    private RegistryHttp.Answer lookUp(String path, String body) {
        RegistryHttp.Answer answer = http.send(path + (settings.normalize() ? "?normalize=true" : ""), body);
        boolean otherLayout = answer.errorCode() == RegistryErrors.SCHEMA_NOT_FOUND && !settings.normalize();
        return otherLayout ? http.send(path + "?normalize=true", body) : answer;
    }

    private RegisteredSchema latest(String subject, Schema schema) {
        RegistryHttp.Answer answer = http.send("/subjects/" + encoded(subject) + "/versions/latest", null);
        if (answer.status() != 200) {
            throw SchemaRefusals.of(answer, subject, schema, settings);
        }
        Schema latest = parsed(answer);
        SchemaCompatibility.SchemaPairCompatibility pair =
                SchemaCompatibility.checkReaderWriterCompatibility(latest, schema);
        if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw SchemaRefusals.latestDiffers(answer.url(), subject, schema, pair);
        }
        return new RegisteredSchema(id(answer), latest);
    }

    @Override
    public Schema byId(int id) {
        RegistryHttp.Answer answer = http.send("/schemas/ids/" + id, null);
        if (answer.status() == NOT_FOUND && answer.errorCode() == RegistryErrors.SCHEMA_NOT_FOUND) {
            throw new UnreadableRecordException("The schema registry knows no schema with the id " + id + " ("
                    + answer.url() + "): written through another registry, or not in Confluent's wire format");
        }
        if (answer.status() != 200) {
            throw new RegistryUnavailableException(
                    answer.url() + " answers " + answer.status() + ": " + answer.reason(), null);
        }
        return parsed(answer);
    }

    private static int id(RegistryHttp.Answer answer) {
        JsonNode id = answer.body().path("id");
        if (!id.isInt()) {
            throw new RegistryUnavailableException(
                    answer.url() + " answers without a schema id: " + answer.body(), null);
        }
        return id.intValue();
    }

    private static Schema parsed(RegistryHttp.Answer answer) {
        JsonNode body = answer.body();
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnreadableRecordException("The schema at " + answer.url() + " is of type " + type + ", not AVRO");
        }
        if (!body.path("references").isEmpty()) {
            throw new UnreadableRecordException(
                    "The schema at " + answer.url() + " refers to others, which the built-in serde does not follow");
        }
        try {
            return new Schema.Parser().parse(body.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new UnreadableRecordException("The schema at " + answer.url() + " is no Avro: " + e.getMessage(), e);
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
