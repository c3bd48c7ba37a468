package io.rolecall.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.rolecall.config.ConfigurationException;
import io.rolecall.detection.Catalogue;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schema and the page of scenario files say what the reader does. */
class ScenarioDocsTest {

    private static final Path PUBLISHED = Path.of("src/main/resources/io/rolecall/scenario/scenario.schema.json");
    private static final Path PAGE = Path.of("../docs/scenarios.md");
    private static final boolean WRITE = Boolean.getBoolean("rolecall.write-schema");

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ScenarioSchema.render(), InputFormat.JSON);

    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/scenarios"))) {
            return files.sorted().toList();
        }
    }

    static List<String> mistakes() {
        return Mistakes.OF_STRUCTURE;
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void the_schema_accepts_every_shipped_file(Path file) throws IOException {
        // Given
        JsonNode document = new YAMLMapper().readTree(Files.readString(file, StandardCharsets.UTF_8));

        // When
        var errors = SCHEMA.validate(document);

        // Then
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void the_schema_refuses_what_the_reader_refuses_for_its_structure(String line) throws IOException {
        // Given
        String file = Mistakes.file(line);

        // When
        boolean accepted = SCHEMA.validate(new YAMLMapper().readTree(file)).isEmpty();

        // Then
        assertThat(accepted).isFalse().isEqualTo(readerAccepts(file));
    }

    /** Run with {@code -Drolecall.write-schema=true} to write the published copy anew after a verb has changed. */
    @Test
    void the_published_schema_is_that_of_the_verbs() throws IOException {
        // Given
        String expected = ScenarioSchema.render();
        if (WRITE) {
            Files.createDirectories(PUBLISHED.getParent());
            Files.writeString(PUBLISHED, expected);
            return;
        }

        // When
        String published;
        try (InputStream data =
                Objects.requireNonNull(ScenarioSchema.class.getResourceAsStream("scenario.schema.json"))) {
            published = new String(data.readAllBytes(), StandardCharsets.UTF_8);
        }

        // Then
        assertThat(published)
                .as("run this test with -Drolecall.write-schema=true")
                .isEqualTo(expected);
    }

    /** Run with {@code -Drolecall.write-schema=true} to write the table anew after a verb has changed. */
    @Test
    void the_page_lists_every_verb_with_its_fields() throws IOException {
        // Given
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        if (WRITE) {
            Files.writeString(PAGE, VerbTable.in(page));
            return;
        }

        // When
        String expected = VerbTable.in(page);

        // Then
        assertThat(page).as("run this test with -Drolecall.write-schema=true").isEqualTo(expected);
    }

    @Test
    void the_example_of_the_page_comes_out() throws IOException {
        // Given
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        String example = page.substring(page.indexOf("```yaml\n") + "```yaml\n".length());
        Scenario scenario = ScenarioFile.read(
                "example",
                example.substring(0, example.indexOf("```")),
                path -> {
                    throw new FileNotFoundException(path);
                },
                Catalogue.shipped());

        for (Scenario.Case one : scenario.cases()) {
            // When
            ScenarioRunner.Result result = new ScenarioRunner(
                            io.rolecall.config.DetectorConfig.DEFAULT, Catalogue.shipped())
                    .run(scenario.detection(), one);

            // Then
            assertThat(result.failures()).as(one.name()).isEmpty();
        }
    }

    private static boolean readerAccepts(String file) {
        try {
            ScenarioFile.read(
                    "file",
                    file,
                    path -> {
                        throw new UncheckedIOException(new FileNotFoundException(path));
                    },
                    Catalogue.shipped());
            return true;
        } catch (ConfigurationException e) {
            return false;
        }
    }
}
