package io.rolecall.registry;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The in-process registry behind {@code mock://scope}. An id is made from the schema's parsing canonical form, which is all that
 * matters to read what was written, so that it needs no memory: another process, or this one after a restart, gives the same id
 * to the same schema, and knows the ids of the program's own schemas without being told.
 */
final class MockSchemas implements SchemaStore {

    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();

    /**
     * With schemas that are known from the start.
     *
     * @param known in an order that is the same in every process, as two of one fingerprint get ids by their order
     */
    MockSchemas(Collection<Schema> known) {
        known.forEach(this::idOf);
    }

    @Override
    public RegisteredSchema toWrite(String subject, Schema schema) {
        return new RegisteredSchema(idOf(schema), schema);
    }

    @Override
    public Schema byId(int id) {
        Schema schema = byId.get(id);
        if (schema == null) {
            throw new UnreadableRecordException("No schema of this program or of this mock registry has the id " + id
                    + ": a record written through a real registry needs its URL in registry.schema.registry.url");
        }
        return schema;
    }

    private int idOf(Schema schema) {
        int id = fingerprint(schema);
        Schema there = byId.putIfAbsent(id, schema);
        while (there != null && !canonical(there).equals(canonical(schema))) {
            id = id == Integer.MAX_VALUE ? 1 : id + 1;
            there = byId.putIfAbsent(id, schema);
        }
        return id;
    }

    private static String canonical(Schema schema) {
        return SchemaNormalization.toParsingForm(schema);
    }

    /** 31 bits, so that the id is positive as a real registry's. */
    private static int fingerprint(Schema schema) {
        try {
            byte[] hash = SchemaNormalization.parsingFingerprint("SHA-256", schema);
            return Math.max(1, ByteBuffer.wrap(hash).getInt() & Integer.MAX_VALUE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
