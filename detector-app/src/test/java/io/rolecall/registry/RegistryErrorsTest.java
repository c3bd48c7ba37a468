package io.rolecall.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.stream.Stream;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegistryErrorsTest {

    /** Named and shaped as Confluent's, which is no IOException. */
    static final class RestClientException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int code;

        RestClientException(int code) {
            super("refused; error code: " + code);
            this.code = code;
        }

        @SuppressWarnings("EffectivelyPrivate") // called by reflection, as on the class of that name
        public int getErrorCode() {
            return code;
        }
    }

    static Stream<Throwable> badData() {
        return Stream.of(
                new UnreadableRecordException("not Avro"),
                new StreamsException("wrapped", new UnreadableRecordException("not Avro")),
                new SerializationException("Unknown magic byte!"),
                new SerializationException("Error deserializing", new AvroTypeException("Found A, expecting B")),
                new SerializationException("Error deserializing", endOfAvro()),
                new SerializationException("Error retrieving schema", new RestClientException(40403)),
                new AvroTypeException("Found A, expecting B"));
    }

    static Stream<Throwable> systemic() {
        return Stream.of(
                new RegistryUnavailableException("down", null),
                new SerializationException("wrapped", new RegistryUnavailableException("down", null)),
                new SchemaRejectedException("409", null),
                new SerializationException("Error retrieving schema", new ConnectException("refused")),
                new SerializationException("Error retrieving schema", new IOException("reset")),
                new SerializationException("Error retrieving schema", new EOFException("of a socket")),
                new SerializationException("Error retrieving schema", new RestClientException(401)),
                new SerializationException("Error retrieving schema", new RestClientException(50001)),
                new TimeoutException("no metadata"),
                new KafkaException("something else"),
                new IllegalStateException("a bug"),
                new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("badData")
    void what_a_record_holds_is_bad_data_however_deep_it_lies(Throwable error) {
        // Given
        Throwable wrapped = new RuntimeException(error);

        // When
        boolean bad = RegistryErrors.isBadData(error);

        // Then
        assertThat(bad).isTrue();
        assertThat(RegistryErrors.isBadData(wrapped)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("systemic")
    void what_ails_everybody_is_no_bad_data_however_deep_it_lies(Throwable error) {
        // Given
        Throwable wrapped = new RuntimeException(error);

        // When
        boolean bad = RegistryErrors.isBadData(error);

        // Then
        assertThat(bad).isFalse();
        assertThat(RegistryErrors.isBadData(wrapped)).isFalse();
    }

    /** What Avro itself throws at the end of a record cut short. */
    private static Throwable endOfAvro() {
        Schema text = Schema.create(Schema.Type.STRING);
        try {
            new GenericDatumReader<>(text).read(null, DecoderFactory.get().binaryDecoder(new byte[] {100}, null));
            throw new AssertionError("read a text that is not there");
        } catch (IOException e) {
            return e;
        }
    }
}
