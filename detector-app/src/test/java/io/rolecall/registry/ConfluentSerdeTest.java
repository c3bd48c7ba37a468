package io.rolecall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class ConfluentSerdeTest {

    private static final String TOPIC = "some.topic";
    private static final Schema OTHER_NETWORK = new Schema.Parser().parse("""
                    {"type":"record","name":"OrgNetwork","namespace":"io.rolecall.schema","fields":[
                      {"name":"owner","type":"string"},
                      {"name":"label","type":"string"},
                      {"name":"cidr","type":"string"}]}""");

    /** A registry that knows one schema under one id, as a reader of that id finds it. */
    private record OneSchema(int id, Schema schema) implements SchemaStore {

        @Override
        public RegisteredSchema toWrite(String subject, Schema written) {
            return new RegisteredSchema(id, schema);
        }

        @Override
        public Schema byId(int asked) {
            assertThat(asked).isEqualTo(id);
            return schema;
        }
    }

    private static <T extends SpecificRecord> Serde<T> mock(Class<T> type) {
        return Registry.open(Map.of("schema.registry.url", "mock://tests")).serde(type);
    }

    private static OrgNetwork office() {
        return OrgNetwork.newBuilder()
                .setCidr("203.0.113.0/24")
                .setLabel("office")
                .setValidFrom(Instant.ofEpochSecond(0, 1))
                .build();
    }

    @Test
    void a_value_is_a_zero_the_schema_id_and_plain_avro() {
        // Given
        Serde<OrgNetwork> serde =
                new ConfluentSerde<>(OrgNetwork.class, new OneSchema(0x01020304, OrgNetwork.getClassSchema()));

        // When
        byte[] bytes = serde.serializer().serialize(TOPIC, office());

        // Then
        String cidr = "1c" + "3230332e302e3131332e302f3234";
        String label = "0c" + "6f6666696365";
        String oneNanosecond = "02" + "02";
        String absent = "00";
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("00" + "01020304" + cidr + label + oneNanosecond + absent);
        assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(office());
    }

    @Property(tries = 300)
    void any_app_event_comes_back_as_it_was(@ForAll long seed) throws IOException {
        // Given
        AppEvent event = random(AppEvent.class, AppEvent.getClassSchema(), seed);

        // When
        byte[] bytes = mock(AppEvent.class).serializer().serialize(TOPIC, event);

        // Then
        assertThat(mock(AppEvent.class).deserializer().deserialize(TOPIC, bytes))
                .isEqualTo(event);
    }

    @Property(tries = 100)
    void any_alert_comes_back_as_it_was(@ForAll long seed) throws IOException {
        // Given
        Alert alert = random(Alert.class, Alert.getClassSchema(), seed);

        // When
        byte[] bytes = mock(Alert.class).serializer().serialize(TOPIC, alert);

        // Then
        assertThat(mock(Alert.class).deserializer().deserialize(TOPIC, bytes)).isEqualTo(alert);
    }

    @Property(tries = 2000)
    void any_bytes_are_a_record_or_unreadable(@ForAll byte[] bytes) {
        // Given
        Serde<AppEvent> serde = mock(AppEvent.class);

        // When
        Throwable thrown = thrownBy(serde, bytes);

        // Then
        assertThat(thrown).isInstanceOf(UnreadableRecordException.class);
        assertThat(RegistryErrors.isBadData(thrown)).isTrue();
    }

    @Property(tries = 2000)
    void any_bytes_after_a_known_id_are_a_record_or_unreadable(@ForAll byte[] bytes) {
        // Given
        Serde<AppEvent> serde = new ConfluentSerde<>(AppEvent.class, new OneSchema(7, AppEvent.getClassSchema()));
        byte[] framed = ByteBuffer.allocate(5 + bytes.length)
                .put((byte) 0)
                .putInt(7)
                .put(bytes)
                .array();

        // When
        Throwable thrown = thrownBy(serde, framed);

        // Then
        assertThat(thrown).isInstanceOf(UnreadableRecordException.class);
    }

    @Property(tries = 300)
    void a_record_cut_short_is_unreadable(@ForAll long seed, @ForAll @IntRange(max = 99) int percent)
            throws IOException {
        // Given
        Serde<AppEvent> serde = mock(AppEvent.class);
        byte[] whole = serde.serializer().serialize(TOPIC, random(AppEvent.class, AppEvent.getClassSchema(), seed));

        // When
        Throwable thrown = thrownBy(serde, Arrays.copyOf(whole, whole.length * percent / 100));

        // Then
        assertThat(thrown).isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void a_record_with_bytes_behind_it_is_unreadable() {
        // Given
        byte[] whole = mock(OrgNetwork.class).serializer().serialize(TOPIC, office());

        // When
        Throwable thrown = thrownBy(mock(OrgNetwork.class), Arrays.copyOf(whole, whole.length + 1));

        // Then
        assertThat(thrown).isInstanceOf(UnreadableRecordException.class).hasMessageContaining("goes on after");
    }

    @Test
    void a_record_of_another_type_is_unreadable_and_says_which() {
        // Given
        byte[] network = mock(OrgNetwork.class).serializer().serialize(TOPIC, office());

        // When
        Throwable thrown = thrownBy(mock(Alert.class), network);

        // Then
        assertThat(thrown)
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("some.topic")
                .hasMessageContaining("io.rolecall.schema.Alert")
                .hasMessageContaining("io.rolecall.schema.OrgNetwork");
    }

    @Test
    void json_in_place_of_avro_is_unreadable_and_says_why() {
        // Given
        byte[] json = "{\"cidr\":\"203.0.113.0/24\"}".getBytes(StandardCharsets.UTF_8);

        // When
        Throwable thrown = thrownBy(mock(OrgNetwork.class), json);

        // Then
        assertThat(thrown).hasMessageContaining("0x7b").hasMessageContaining("Confluent's wire format");
    }

    @Test
    void null_is_a_tombstone_and_passes_through() {
        // Given
        Serde<OrgNetwork> serde = mock(OrgNetwork.class);

        // When
        byte[] bytes = serde.serializer().serialize(TOPIC, null);

        // Then
        assertThat(bytes).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void a_record_of_another_version_of_the_schema_is_read_into_ours() throws IOException {
        // Given
        GenericData.Record theirs = new GenericData.Record(OTHER_NETWORK);
        theirs.put("owner", "netops");
        theirs.put("label", "vpn");
        theirs.put("cidr", "198.51.100.0/25");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(WireFormat.header(12));
        bytes.writeBytes(avro(OTHER_NETWORK, theirs));

        // When
        OrgNetwork read = new ConfluentSerde<>(OrgNetwork.class, new OneSchema(12, OTHER_NETWORK))
                .deserializer()
                .deserialize(TOPIC, bytes.toByteArray());

        // Then
        assertThat(read)
                .isEqualTo(OrgNetwork.newBuilder()
                        .setCidr("198.51.100.0/25")
                        .setLabel("vpn")
                        .build());
    }

    @Test
    void a_value_is_written_in_the_version_that_the_registry_names() throws IOException {
        // Given
        Schema latest = new Schema.Parser().parse("""
                {"type":"record","name":"OrgNetwork","namespace":"io.rolecall.schema","fields":[
                  {"name":"owner","type":"string","default":"nobody"},
                  {"name":"label","type":"string"},
                  {"name":"cidr","type":"string"}]}""");
        Serde<OrgNetwork> serde = new ConfluentSerde<>(OrgNetwork.class, new OneSchema(3, latest));

        // When
        byte[] bytes = serde.serializer().serialize(TOPIC, office());

        // Then
        GenericData.Record expected = new GenericData.Record(latest);
        expected.put("owner", "nobody");
        expected.put("label", "office");
        expected.put("cidr", "203.0.113.0/24");
        assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 0, 3);
        assertThat(Arrays.copyOfRange(bytes, 5, bytes.length)).isEqualTo(avro(latest, expected));
    }

    @Test
    void a_record_without_a_mandatory_field_is_not_written() {
        // Given
        OrgNetwork incomplete = new OrgNetwork();

        // When
        Throwable thrown =
                catchThrowable(() -> mock(OrgNetwork.class).serializer().serialize(TOPIC, incomplete));

        // Then
        assertThat(thrown).isInstanceOf(SerializationException.class).hasMessageContaining("some.topic");
    }

    private static Throwable thrownBy(Serde<?> serde, byte[] bytes) {
        return catchThrowable(() -> serde.deserializer().deserialize(TOPIC, bytes));
    }

    private static byte[] avro(Schema schema, Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** Any record that the schema allows. */
    private static <T extends SpecificRecord> T random(Class<T> type, Schema schema, long seed) throws IOException {
        byte[] bytes = avro(schema, new RandomData(schema, 1, seed).iterator().next());
        return new SpecificDatumReader<T>(type).read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }
}
