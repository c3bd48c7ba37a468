package io.rolecall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class MockSchemasTest {

    private static final Schema FOREIGN = new Schema.Parser().parse("""
                    {"type":"record","name":"Foreign","doc":"first","fields":[{"name":"a","type":"long"}]}""");

    /** SHA-256 of the parsing canonical form, first 31 bits, computed elsewhere. */
    private static final int FOREIGN_ID = 2_077_361_980;

    @Test
    void another_process_reads_what_this_one_wrote() {
        // Given
        OrgNetwork network =
                OrgNetwork.newBuilder().setCidr("::1/128").setLabel("self").build();
        byte[] bytes = Registry.open(Map.of("schema.registry.url", "mock://local"))
                .serde(OrgNetwork.class)
                .serializer()
                .serialize("org.networks", network);

        // When
        OrgNetwork read = Registry.open(Map.of("schema.registry.url", "mock://local"))
                .serde(OrgNetwork.class)
                .deserializer()
                .deserialize("org.networks", bytes);

        // Then
        assertThat(read).isEqualTo(network);
    }

    @Test
    void ids_never_change() {
        // Given
        MockSchemas schemas = new MockSchemas(List.of());

        // When
        int id = schemas.toWrite("any-value", FOREIGN).id();

        // Then
        assertThat(id).isEqualTo(FOREIGN_ID);
    }

    @Test
    void documentation_does_not_change_the_id() {
        // Given
        MockSchemas schemas = new MockSchemas(List.of(FOREIGN));
        Schema documented = new Schema.Parser().parse(FOREIGN.toString().replace("first", "second"));

        // When
        int id = schemas.toWrite("any-value", documented).id();

        // Then
        assertThat(id).isEqualTo(FOREIGN_ID);
    }

    @Test
    void a_foreign_schema_is_known_once_it_was_given() {
        // Given
        MockSchemas schemas = new MockSchemas(List.of(Alert.getClassSchema()));

        // When
        int id = schemas.toWrite("any-value", FOREIGN).id();

        // Then
        assertThat(schemas.byId(id)).isEqualTo(FOREIGN);
    }

    @Test
    void an_id_of_a_real_registry_is_unreadable_and_says_what_is_missing() {
        // Given
        MockSchemas schemas = new MockSchemas(List.of(Alert.getClassSchema()));

        // When
        Throwable thrown = catchThrowable(() -> schemas.byId(17));

        // Then
        assertThat(thrown)
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("17")
                .hasMessageContaining("registry.schema.registry.url");
    }
}
