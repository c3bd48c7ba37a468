package io.rolecall.registry;

import io.rolecall.config.ConfigurationException;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Incident;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.schema.TrustedRecords;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * The schema registry of a configuration, and the serdes of the public topics' values. All serdes of one registry share its
 * connection and what it has answered; open it once. Thread safe; holds nothing that must be closed.
 */
public final class Registry {

    static {
        TrustedRecords.trust();
    }

    private final Map<String, String> properties;
    private final @Nullable SchemaStore schemas;

    private Registry(Map<String, String> properties, @Nullable SchemaStore schemas) {
        this.properties = properties;
        this.schemas = schemas;
    }

    /**
     * Reads the configuration; nothing is asked of the registry yet.
     *
     * @param properties the configuration section {@code registry}: Confluent's names, and {@code serde.class}
     * @throws ConfigurationException when something is missing or wrong; the message names the key and holds no secret
     */
    public static Registry open(Map<String, String> properties) {
        if (!properties.getOrDefault(ForeignSerdes.CLASS, "").isBlank()) {
            ForeignSerdes.open(properties).close(); // so that what is wrong with it is said now
            return new Registry(Map.copyOf(properties), null);
        }
        RegistrySettings settings = RegistrySettings.of(properties);
        SchemaStore store = settings.isMock()
                ? new MockSchemas(List.of(
                        Alert.getClassSchema(),
                        AppEvent.getClassSchema(),
                        Incident.getClassSchema(),
                        OrgNetwork.getClassSchema()))
                : new RestSchemas(settings);
        return new Registry(Map.copyOf(properties), new CachedSchemas(store));
    }

    /**
     * A serde for the values of the public topics. Reading fails with {@link UnreadableRecordException} where the record is bad
     * and with {@link RegistryException} where the registry is; {@link RegistryErrors#isBadData} tells them apart for every serde.
     *
     * @param type generated class; also what records of other versions of its schema are read into
     */
    @SuppressWarnings("unchecked") // what another serde is configured to read, its site has to know
    public <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return schemas == null ? (Serde<T>) ForeignSerdes.open(properties) : new ConfluentSerde<>(type, schemas);
    }

    /**
     * Settles with the registry, at start, with which schema each topic is written: registers it, or looks it up where the
     * program may not register. Afterwards the program writes, and reads what it has written, without the registry. Does nothing
     * for a serde of the site's own, which asks when it first writes.
     *
     * @param written schema of each topic that the program writes, by the topic's name
     * @throws RegistryUnavailableException when the registry does not answer or refuses the credentials
     * @throws SchemaRejectedException when it will not have a schema, or does not hold one
     */
    public void prepare(Map<String, Schema> written) {
        if (schemas != null) {
            // In order, so that of several errors it is always the same one that is said.
            new TreeMap<>(written).forEach((topic, schema) -> schemas.toWrite(ConfluentSerde.subject(topic), schema));
        }
    }
}
