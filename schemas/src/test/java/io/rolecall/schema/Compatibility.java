package io.rolecall.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** The rules a schema keeps towards each released version of itself. */
enum Compatibility {
    /** Old records are read with the new schema and new records with the old one: topics that others read. */
    FULL,
    /** Old records are read with the new schema: the engine's own state. */
    BACKWARD;

    static Compatibility of(SchemaFiles.Named schema) {
        return schema.state() ? BACKWARD : FULL;
    }

    /** What forbids {@code current} to follow {@code released}; empty when nothing does. */
    List<String> problems(Schema current, Schema released) {
        List<String> problems = new ArrayList<>(unreadable("old records with the new schema", current, released));
        if (this == FULL) {
            problems.addAll(unreadable("new records with the old schema", released, current));
        }
        problems.addAll(changedUnits(current, released));
        return problems;
    }

    private static List<String> unreadable(String what, Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(problem ->
                        what + ": " + problem.getType() + " at " + problem.getLocation() + ": " + problem.getMessage())
                .toList();
    }

    /** Avro's own check ignores logical types, so that milliseconds could silently become nanoseconds. */
    private static List<String> changedUnits(Schema current, Schema released) {
        Map<String, Set<String>> now = units(current);
        List<String> problems = new ArrayList<>();
        units(released).forEach((field, before) -> {
            Set<String> after = now.getOrDefault(field, before);
            if (!after.equals(before)) {
                problems.add("logical type of " + field + ": was " + before + ", is " + after);
            }
        });
        return problems;
    }

    private static Map<String, Set<String>> units(Schema schema) {
        Map<String, Set<String>> units = new HashMap<>();
        records(schema).forEach(record -> record.getFields().forEach(field -> {
            Set<String> types = new TreeSet<>();
            collectUnits(field.schema(), types);
            units.put(record.getFullName() + "." + field.name(), types);
        }));
        return units;
    }

    private static void collectUnits(Schema schema, Set<String> into) {
        if (schema.getLogicalType() != null) {
            into.add(schema.getLogicalType().getName());
        }
        if (schema.getType() != Schema.Type.RECORD) {
            parts(schema).forEach(part -> collectUnits(part, into));
        }
    }

    /** Every record type reachable from a schema, itself included. */
    static Set<Schema> records(Schema schema) {
        Set<Schema> records = new HashSet<>();
        collectRecords(schema, records);
        return records;
    }

    private static void collectRecords(Schema schema, Set<Schema> into) {
        if (schema.getType() != Schema.Type.RECORD || into.add(schema)) {
            parts(schema).forEach(part -> collectRecords(part, into));
        }
    }

    private static Stream<Schema> parts(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> schema.getFields().stream().map(Schema.Field::schema);
            case UNION -> schema.getTypes().stream();
            case ARRAY -> Stream.of(schema.getElementType());
            case MAP -> Stream.of(schema.getValueType());
            default -> Stream.empty();
        };
    }
}
