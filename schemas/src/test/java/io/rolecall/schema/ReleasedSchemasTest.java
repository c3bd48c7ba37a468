package io.rolecall.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Refuses a schema that a released version cannot live with. */
class ReleasedSchemasTest {

    static List<SchemaFiles.Pair> pairs() {
        return SchemaFiles.pairs();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_schema_stays_compatible_with_every_released_version(SchemaFiles.Pair pair) {
        // Given
        Compatibility rule = Compatibility.of(pair.released());

        // When
        List<String> problems = rule.problems(pair.current(), pair.released().schema());

        // Then
        assertThat(problems).isEmpty();
    }

    @Test
    void the_version_being_built_has_a_copy_of_every_schema_in_force() {
        // Given
        String version = SchemaFiles.versionBeingBuilt();

        // When
        List<SchemaFiles.Named> copies = SchemaFiles.released(version);

        // Then: to bring the copies up to date, see RefreshReleasedSchemas
        assertThat(copies)
                .as("src/released/%s, refreshed by RefreshReleasedSchemas", version)
                .containsExactlyInAnyOrderElementsOf(SchemaFiles.current());
    }

    @Test
    void topics_are_held_to_full_compatibility_and_state_to_backward() {
        // Given
        List<SchemaFiles.Named> schemas = SchemaFiles.current();

        // When
        List<String> full = schemas.stream()
                .filter(schema -> Compatibility.of(schema) == Compatibility.FULL)
                .map(SchemaFiles.Named::schema)
                .map(Schema::getFullName)
                .toList();

        // Then
        assertThat(full)
                .containsExactlyInAnyOrder(
                        "io.rolecall.schema.AppEvent",
                        "io.rolecall.schema.Alert",
                        "io.rolecall.schema.Incident",
                        "io.rolecall.schema.OrgNetwork");
    }
}
