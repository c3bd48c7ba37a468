package io.rolecall.topology;

import io.rolecall.schema.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro records in plain Avro binary, without a header: for state stores and internal topics, whose one writer and reader is this
 * application.
 *
 * @param <T> record type, or the common type of a union
 */
final class AvroSerde<T extends SpecificRecord> implements Serde<T> {

    static {
        TrustedRecords.trust();
    }

    private final Schema schema;
    // Both keep what they prepare of a schema, which costs more than a record; both are safe for several threads.
    private final SpecificDatumReader<T> reader;
    private final SpecificDatumWriter<T> writer;

    private AvroSerde(Schema schema, SpecificData model) {
        this.schema = schema;
        this.reader = new SpecificDatumReader<>(schema, schema, model);
        this.writer = new SpecificDatumWriter<>(schema, model);
    }

    /** Of one record type. */
    static <T extends SpecificRecord> AvroSerde<T> of(Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        return new AvroSerde<>(model.getSchema(type), model);
    }

    /** Of a union of two record types; the first one's conversions must serve both. */
    static AvroSerde<SpecificRecord> ofUnion(
            Class<? extends SpecificRecord> first, Class<? extends SpecificRecord> second) {
        SpecificData model = SpecificData.getForClass(first);
        return new AvroSerde<>(Schema.createUnion(model.getSchema(first), model.getSchema(second)), model);
    }

    byte[] toBytes(T value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return out.toByteArray();
    }

    T fromBytes(byte[] bytes) {
        try {
            return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException("Not a " + schema.getFullName() + " as this application writes it", e);
        }
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> serialize(value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> deserialize(bytes);
    }

    @SuppressWarnings("NullAway") // Kafka's serializers pass null through as a tombstone
    private byte[] serialize(@Nullable T value) {
        return value == null ? null : toBytes(value);
    }

    @SuppressWarnings("NullAway") // as above
    private T deserialize(byte @Nullable [] bytes) {
        return bytes == null ? null : fromBytes(bytes);
    }
}
