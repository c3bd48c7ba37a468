package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.schema.TrustedRecords;
import io.rolecall.schema.state.ActivityMemory;
import io.rolecall.schema.state.AlertState;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.FirstUseMemory;
import io.rolecall.schema.state.MailMemory;
import io.rolecall.schema.state.SightingBatch;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UseHour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;

class SchemaWriterPropertiesTest {

    private static final List<Class<? extends SpecificRecord>> TYPES = List.of(
            AppEvent.class,
            Alert.class,
            OrgNetwork.class,
            ActivityMemory.class,
            AlertState.class,
            AzureSlot.class,
            FirstUseMemory.class,
            MailMemory.class,
            SightingBatch.class,
            SignInHour.class,
            SubjectProfile.class,
            UseHour.class);

    static {
        TrustedRecords.trust();
    }

    @Property(tries = 600)
    void a_record_is_written_as_avro_writes_it(@ForAll("types") Class<? extends SpecificRecord> type, @ForAll long seed)
            throws IOException {
        // Given
        SpecificData model = SpecificData.getForClass(type);
        Schema schema = model.getSchema(type);
        SpecificRecord value = random(schema, model, seed);

        // When
        byte[] written = bytes(out -> new SchemaWriter(schema, model).write(value, out));

        // Then
        assertThat(written)
                .isEqualTo(bytes(out -> new SpecificDatumWriter<SpecificRecord>(schema, model).write(value, out)));
    }

    /** Any record of the schema, with the types of the generated classes. */
    private static SpecificRecord random(Schema schema, SpecificData model, long seed) throws IOException {
        Object generic = new RandomData(GenericData.get(), schema, 1, seed, false)
                .iterator()
                .next();
        byte[] bytes = bytes(out -> new GenericDatumWriter<>(schema).write(generic, out));
        return new SpecificDatumReader<SpecificRecord>(schema, schema, model)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    private static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        writing.to(encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private interface Writing {
        void to(BinaryEncoder out) throws IOException;
    }

    @Provide
    Arbitrary<Class<? extends SpecificRecord>> types() {
        return Arbitraries.of(TYPES);
    }
}
