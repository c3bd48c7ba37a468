package io.rolecall.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Record values in Confluent's wire format, under the subject {@code <topic>-value}. Thread safe. Read errors are
 * {@link UnreadableRecordException} or {@link RegistryException}; null passes through as a tombstone.
 *
 * @param <T> record type
 */
final class ConfluentSerde<T extends SpecificRecord> implements Serde<T> {

    private static final int USUAL_SIZE = 512;

    private final Schema schema;
    private final SpecificData model;
    private final SchemaStore schemas;
    private final ThreadLocal<SpecificDatumWriter<T>> writer;

    // By the id of the writer's schema. A reader resolves its schemas when it first reads, which takes a hundred times
    // as long as reading a record.
    private final ThreadLocal<Map<Integer, SpecificDatumReader<T>>> readers = ThreadLocal.withInitial(HashMap::new);

    ConfluentSerde(Class<T> type, SchemaStore schemas) {
        this.model = SpecificData.getForClass(type);
        this.schema = model.getSchema(type);
        this.schemas = schemas;
        this.writer = ThreadLocal.withInitial(() -> new SpecificDatumWriter<>(schema, model));
    }

    @Override
    public Serializer<T> serializer() {
        return this::serialize;
    }

    @Override
    public Deserializer<T> deserializer() {
        return this::deserialize;
    }

    /** The subject of a topic's values, by the name of the topic. */
    static String subject(String topic) {
        return topic + "-value";
    }

    @SuppressWarnings("NullAway") // Kafka's serializers pass null through as a tombstone
    private byte[] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        RegisteredSchema registered = schemas.toWrite(subject(topic), schema);
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_SIZE);
        out.writeBytes(WireFormat.header(registered.id()));
        try {
            write(value, out);
            return registered.schema().equals(schema) ? out.toByteArray() : rewritten(out.toByteArray(), registered);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("Cannot write a " + schema.getFullName() + " to " + topic, e);
        }
    }

    private void write(T value, ByteArrayOutputStream out) throws IOException {
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        writer.get().write(value, encoder);
        encoder.flush();
    }

    /** The same value in another version of the schema ({@code use.latest.version}), whose fields may be others. */
    private byte[] rewritten(byte[] value, RegisteredSchema registered) throws IOException {
        Schema target = registered.schema();
        Object read = new GenericDatumReader<>(schema, target, new GenericData())
                .read(null, DecoderFactory.get().binaryDecoder(value, WireFormat.HEADER, body(value), null));
        ByteArrayOutputStream out = new ByteArrayOutputStream(value.length);
        out.writeBytes(WireFormat.header(registered.id()));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(target, new GenericData()).write(read, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    @SuppressWarnings("NullAway") // as above
    private T deserialize(String topic, byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        int id = WireFormat.schemaId(topic, value);
        Map<Integer, SpecificDatumReader<T>> known = readers.get();
        SpecificDatumReader<T> reader = known.get(id);
        if (reader == null) {
            reader = new SpecificDatumReader<>(schemas.byId(id), schema, model);
            known.put(id, reader);
        }
        return read(reader, topic, id, value);
    }

    private T read(SpecificDatumReader<T> reader, String topic, int id, byte[] value) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, WireFormat.HEADER, body(value), null);
        T read;
        boolean ended;
        try {
            read = reader.read(null, decoder);
            ended = decoder.isEnd();
        } catch (IOException | RuntimeException e) {
            throw new UnreadableRecordException(
                    "A value in %s of %d bytes does not read as %s written with schema %d (%s): %s"
                            .formatted(
                                    topic,
                                    value.length,
                                    schema.getFullName(),
                                    id,
                                    reader.getSchema().getFullName(),
                                    e.getMessage()),
                    e);
        }
        if (!ended) {
            throw new UnreadableRecordException("A value in %s of %d bytes goes on after a whole %s of schema %d"
                    .formatted(topic, value.length, schema.getFullName(), id));
        }
        return read;
    }

    private static int body(byte[] value) {
        return value.length - WireFormat.HEADER;
    }
}
