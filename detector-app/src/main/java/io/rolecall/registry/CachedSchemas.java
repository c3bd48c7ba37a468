package io.rolecall.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Asks once for each schema: what was answered stays valid, as ids are never given twice. This is what lets the program go on
 * without its registry.
 */
final class CachedSchemas implements SchemaStore {

    private record Use(String subject, Schema schema) {}

    private final SchemaStore store;
    private final Map<Use, RegisteredSchema> written = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> read = new ConcurrentHashMap<>();

    CachedSchemas(SchemaStore store) {
        this.store = store;
    }

    @Override
    public RegisteredSchema toWrite(String subject, Schema schema) {
        Use use = new Use(subject, schema);
        RegisteredSchema known = written.get(use);
        if (known != null) {
            return known;
        }
        // Not computeIfAbsent: it would hold up other schemas while the registry is slow.
        RegisteredSchema registered = store.toWrite(subject, schema);
        read.putIfAbsent(registered.id(), registered.schema());
        written.put(use, registered);
        return registered;
    }

    @Override
    public Schema byId(int id) {
        Schema known = read.get(id);
        if (known != null) {
            return known;
        }
        Schema schema = store.byId(id);
        read.putIfAbsent(id, schema);
        return schema;
    }
}
