package io.rolecall.registry;

import org.apache.avro.Schema;

/** Where schemas and their ids are kept. Thread safe. */
interface SchemaStore {

    /**
     * With which schema values are written to a subject; registers it if that is wanted.
     *
     * @param subject name under which the registry keeps the versions of one topic's schema
     * @param schema the program's own schema
     * @throws RegistryException when there is none, or no answer
     */
    RegisteredSchema toWrite(String subject, Schema schema);

    /**
     * The schema that values with this id were written with.
     *
     * @throws UnreadableRecordException when no schema has this id, or it is none of Avro
     * @throws RegistryUnavailableException when there is no answer
     */
    Schema byId(int id);
}
