package io.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.rolecall.config.ConfigurationException;
import io.rolecall.detection.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicySchemaTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PolicySchema.render(TestCatalogue.PARAMETERS), InputFormat.JSON);

    private static boolean readerAccepts(String text) {
        try {
            PolicyFile.read("policy.yaml", text, TestCatalogue.PARAMETERS);
            return true;
        } catch (ConfigurationException e) {
            return false;
        }
    }

    private static boolean schemaAccepts(String text) throws JsonProcessingException {
        JsonNode document = new YAMLMapper().readTree(text);
        return SCHEMA.validate(document).isEmpty();
    }

    /** What only a reader can know: two places compared, a calendar, a list of published names, the bounds of durations. */
    private static boolean beyondStructure(List<String> mistake) {
        return Stream.of("also approved", "twice", "anchors", "second document", "cannot be parsed", "Mail.Read", "91d")
                .anyMatch(mistake.get(3)::contains);
    }

    static Stream<String> refused() {
        return PolicyMistakes.mistakes().stream()
                .filter(mistake -> !beyondStructure(mistake))
                .map(mistake -> mistake.get(0));
    }

    static List<String> accepted() {
        return List.of(
                PolicyFileTest.FULL,
                PolicyPrinter.print(PolicyFile.defaults(TestCatalogue.PARAMETERS)),
                PolicyPrinter.print(PolicyFile.read("p", PolicyFileTest.FULL, TestCatalogue.PARAMETERS)),
                "detections: {}",
                "detections:",
                "detections: { consent-burst: , single-tenant-app-abuse: { permission-types: } }",
                "exceptions:",
                "applications: { approved: , banned: [] }",
                "detections: { consent-burst: { users: 2, ignored: [] } }",
                "permission-sets: { mail: { add: [ { resource: 99999999-2222-3333-4444-555555555555, value: user_impersonation, type: delegated } ] } }",
                PolicyFileTest.FULL.replace("2027-03-01", "2027-03-01T12:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void what_the_reader_accepts_the_schema_accepts(String text) throws JsonProcessingException {
        // Given a good policy

        // When
        boolean accepted = schemaAccepts(text);

        // Then
        assertThat(accepted).isEqualTo(readerAccepts(text)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_the_reader_refuses_for_its_structure_the_schema_refuses(String text) throws JsonProcessingException {
        // Given a policy with a mistake

        // When
        boolean accepted = schemaAccepts(text);

        // Then
        assertThat(accepted).isEqualTo(readerAccepts(text)).isFalse();
    }

    /** Run with {@code -Drolecall.write-schema=true} to write the published copy anew after the catalogue has changed. */
    @Test
    void the_published_schema_is_that_of_the_catalogue() throws IOException {
        // Given
        String expected = PolicySchema.render(Catalogue.shipped().parameters());
        if (Boolean.getBoolean("rolecall.write-schema")) {
            Files.writeString(Path.of("src/main/resources/io/rolecall/policy/policy.schema.json"), expected);
            return;
        }

        // When
        String published;
        try (InputStream data = Objects.requireNonNull(PolicySchema.class.getResourceAsStream("policy.schema.json"))) {
            published = new String(data.readAllBytes(), StandardCharsets.UTF_8);
        }

        // Then
        assertThat(published)
                .as("run this test with -Drolecall.write-schema=true")
                .isEqualTo(expected);
    }
}
