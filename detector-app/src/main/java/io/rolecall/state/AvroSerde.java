package io.rolecall.state;

import io.rolecall.schema.TrustedRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro records in Avro binary without a header, for state stores and internal topics, whose one writer and reader is this
 * application: plain, or with GUIDs as bytes.
 *
 * @param <T> record type, or the common type of a union
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {

    static {
        TrustedRecords.trust();
    }

    private final Schema schema;

    // A reader resolves its schemas when it first reads, which takes a hundred times as long as reading a record.
    private final ThreadLocal<SpecificDatumReader<T>> reader;
    private final SchemaWriter writer;
    private final boolean compact;

    private AvroSerde(Schema schema, SpecificData model, boolean compact) {
        this.schema = schema;
        this.compact = compact;
        this.reader = ThreadLocal.withInitial(() -> new SpecificDatumReader<>(schema, schema, model));
        this.writer = new SchemaWriter(schema, model);
    }

    /** Of one record type. */
    public static <T extends SpecificRecord> AvroSerde<T> of(Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        return new AvroSerde<>(model.getSchema(type), model, false);
    }

    /** Of one record type as it lies in a state store: with GUIDs as bytes. */
    public static <T extends SpecificRecord> AvroSerde<T> stored(Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        return new AvroSerde<>(model.getSchema(type), model, true);
    }

    /** Of a union of record types; the first one's conversions must serve all. */
    public static AvroSerde<SpecificRecord> ofUnion(List<Class<? extends SpecificRecord>> types) {
        SpecificData model = SpecificData.getForClass(types.get(0));
        return new AvroSerde<>(
                Schema.createUnion(types.stream().map(model::getSchema).toList()), model, false);
    }

    public byte[] toBytes(T value) {
        GrowingBytes out = new GrowingBytes(512);
        BinaryEncoder encoder =
                compact ? new CompactEncoder(out) : EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return out.taken();
    }

    public T fromBytes(byte[] bytes) {
        try {
            Decoder decoder =
                    compact ? new CompactDecoder(bytes) : DecoderFactory.get().binaryDecoder(bytes, null);
            return reader.get().read(null, decoder);
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
