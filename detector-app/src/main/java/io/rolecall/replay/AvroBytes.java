package io.rolecall.replay;

import io.rolecall.schema.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records as plain Avro binary. The plan says in which schemas, so nothing in the bytes does. Not for use by several threads at once.
 *
 * @param <T> record type
 */
final class AvroBytes<T extends SpecificRecord> {

    static {
        TrustedRecords.trust();
    }

    private final SpecificDatumReader<T> reader;
    private final SpecificDatumWriter<T> writer;

    AvroBytes(Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        this.reader = new SpecificDatumReader<>(model.getSchema(type), model.getSchema(type), model);
        this.writer = new SpecificDatumWriter<>(model.getSchema(type), model);
    }

    byte[] write(T value) {
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

    T read(byte[] bytes) throws IOException {
        return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }
}
