package io.rolecall.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records written with a released schema are read by the classes in force, shown with random data. */
class ReleasedRecordsTest {

    @BeforeAll
    static void trustTheRecords() {
        TrustedRecords.trust();
    }

    private static final int RECORDS = 200;
    private static final long SEED = 20261122;

    static List<SchemaFiles.Pair> pairs() {
        return SchemaFiles.pairs();
    }

    static List<SchemaFiles.Pair> topics() {
        return SchemaFiles.pairs().stream()
                .filter(pair -> !pair.released().state())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_record_of_a_released_version_is_read_and_written_again_without_a_change(SchemaFiles.Pair pair)
            throws IOException {
        // Given
        Schema released = pair.released().schema();
        Schema inForce = schemaOfClass(pair.current());
        List<byte[]> written = randomRecords(released);

        // When
        List<SpecificRecord> read = new ArrayList<>();
        List<SpecificRecord> readAgain = new ArrayList<>();
        for (byte[] bytes : written) {
            SpecificRecord record = readSpecific(bytes, released, inForce);
            read.add(record);
            readAgain.add(readSpecific(writeSpecific(record), inForce, inForce));
        }

        // Then
        assertThat(read).hasSize(RECORDS);
        assertThat(Set.copyOf(read))
                .as("the data are random, not one record repeated")
                .hasSizeGreaterThan(RECORDS / 10);
        assertThat(readAgain).isEqualTo(read);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void a_consumer_with_a_released_version_reads_what_is_written_now(SchemaFiles.Pair pair) throws IOException {
        // Given
        Schema released = pair.released().schema();
        Schema inForce = schemaOfClass(pair.current());
        List<byte[]> written = randomRecords(released);

        // When
        List<Object> throughThePresent = new ArrayList<>();
        List<Object> asWritten = new ArrayList<>();
        for (byte[] bytes : written) {
            byte[] now = writeSpecific(readSpecific(bytes, released, inForce));
            throughThePresent.add(readGeneric(now, inForce, released));
            asWritten.add(readGeneric(bytes, released, released));
        }

        // Then
        assertThat(throughThePresent).isEqualTo(asWritten);
    }

    private static Schema schemaOfClass(Schema schema) {
        return SpecificData.get().getSchema(SpecificData.get().getClass(schema));
    }

    private static List<byte[]> randomRecords(Schema schema) throws IOException {
        List<byte[]> written = new ArrayList<>();
        for (Object datum : new RandomData(schema, RECORDS, SEED)) {
            written.add(write(new GenericDatumWriter<>(schema), datum));
        }
        return written;
    }

    private static byte[] writeSpecific(SpecificRecord record) throws IOException {
        return write(new SpecificDatumWriter<>(record.getSchema()), record);
    }

    private static <T> byte[] write(DatumWriter<T> writer, T datum) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        writer.write(datum, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static SpecificRecord readSpecific(byte[] bytes, Schema writer, Schema reader) throws IOException {
        return new SpecificDatumReader<SpecificRecord>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    private static Object readGeneric(byte[] bytes, Schema writer, Schema reader) throws IOException {
        return new GenericDatumReader<>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }
}
