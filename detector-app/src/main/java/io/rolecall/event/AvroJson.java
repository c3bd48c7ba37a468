package io.rolecall.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of the product's Avro records, as {@code decode} and the alert output print it (contract sections 4 and 5). Names
 * are those of the schema, in its order. Absent facts are omitted: nulls, empty strings, empty lists and maps, records of which
 * nothing would be left, and flags that are not nullable and have their default. Times are ISO-8601 in UTC with as many decimals
 * as they need. A union of records is written as the plain object.
 */
public final class AvroJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

    private AvroJson() {}

    /**
     * Writes a record as one JSON object, {@code {}} when nothing of it is known.
     *
     * @param record any generated record
     * @param json where to; neither flushed nor closed
     * @throws IOException when the generator's target cannot be written
     */
    public static void write(SpecificRecord record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null && !isAbsent(value) && !isDefaultFlag(field, value)) {
                json.writeFieldName(field.name());
                writeValue(value, json);
            }
        }
        json.writeEndObject();
    }

    /** The record as compact JSON in one line, without a line end. */
    public static String toLine(SpecificRecord record) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(record, json);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen: the target is memory", e);
        }
        return text.toString();
    }

    /** The record as a new tree, which the caller may change. */
    public static ObjectNode toTree(SpecificRecord record) {
        try (TokenBuffer buffer = new TokenBuffer(MAPPER, false)) {
            write(record, buffer);
            return MAPPER.readValue(buffer.asParserOnFirstToken(), ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen: the target is memory", e);
        }
    }

    /** A time as ISO-8601 in UTC, with decimals only as far as they are not zero. */
    public static String time(Instant time) {
        String text = time.toString();
        int dot = text.indexOf('.');
        if (dot < 0) {
            return text;
        }
        int end = text.length() - 1;
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, end) + "Z";
    }

    private static boolean isAbsent(@Nullable Object value) {
        if (value == null) {
            return true;
        }
        if (value instanceof CharSequence text) {
            return text.isEmpty();
        }
        if (value instanceof Collection<?> list) {
            return list.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty();
        }
        return value instanceof SpecificRecord record && isEmpty(record);
    }

    private static boolean isEmpty(SpecificRecord record) {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null && !isAbsent(value) && !isDefaultFlag(field, value)) {
                return false;
            }
        }
        return true;
    }

    /** A flag of the engine (not a fact of the log, which would be nullable) is worth a line only when it is raised. */
    private static boolean isDefaultFlag(Schema.Field field, Object value) {
        return field.schema().getType() == Schema.Type.BOOLEAN
                && field.hasDefaultValue()
                && value.equals(field.defaultVal());
    }

    private static void writeValue(Object value, JsonGenerator json) throws IOException {
        if (value instanceof SpecificRecord record) {
            write(record, json);
        } else if (value instanceof Collection<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                writeValue(element, json);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, json);
        } else {
            writeScalar(value, json);
        }
    }

    /** Maps have no order of their own; sorted keys make equal records equal text. */
    private static void writeMap(Map<?, ?> map, JsonGenerator json) throws IOException {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(key.toString(), value));
        json.writeStartObject();
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            json.writeFieldName(entry.getKey());
            writeValue(entry.getValue(), json);
        }
        json.writeEndObject();
    }

    private static void writeScalar(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Instant time) {
            json.writeString(time(time));
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else {
            json.writeString(value.toString());
        }
    }
}
