package io.rolecall.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The field reference is the schemas themselves, so every record and field says what it holds. */
class SchemaDocumentationTest {

    static List<SchemaFiles.Named> schemas() {
        return SchemaFiles.current();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void every_record_and_field_is_documented_in_a_sentence(SchemaFiles.Named schema) {
        // Given
        var records = Compatibility.records(schema.schema());

        // When
        List<String> undocumented = records.stream()
                .flatMap(SchemaDocumentationTest::undocumented)
                .sorted()
                .toList();

        // Then
        assertThat(undocumented).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void every_point_in_time_that_is_a_bare_number_names_its_unit(SchemaFiles.Named schema) {
        // Given
        var records = Compatibility.records(schema.schema());

        // When
        List<String> unclear = records.stream()
                .flatMap(record -> record.getFields().stream())
                .filter(field -> field.name().endsWith("Millis"))
                .filter(field -> !field.doc().contains("milliseconds since the epoch"))
                .map(Schema.Field::name)
                .toList();

        // Then
        assertThat(unclear).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void every_instant_is_as_fine_as_its_source_or_as_an_alert_shows_it(SchemaFiles.Named schema) {
        // Given
        var records = Compatibility.records(schema.schema());

        // When
        List<String> coarse = records.stream()
                .flatMap(record -> record.getFields().stream())
                .filter(field -> field.schema().getLogicalType() instanceof LogicalTypes.TimestampMillis)
                .map(Schema.Field::name)
                .toList();

        // Then
        assertThat(coarse).isEmpty();
    }

    private static Stream<String> undocumented(Schema record) {
        var fields = record.getFields().stream()
                .filter(field -> !isSentence(field.doc()))
                .map(field -> record.getFullName() + "." + field.name());
        return isSentence(record.getDoc()) ? fields : Stream.concat(Stream.of(record.getFullName()), fields);
    }

    private static boolean isSentence(String doc) {
        return doc != null && doc.endsWith(".") && doc.strip().indexOf(' ') > 0;
    }
}
