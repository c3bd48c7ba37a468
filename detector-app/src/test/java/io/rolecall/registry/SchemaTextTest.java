package io.rolecall.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTextTest {

    static Stream<Schema> published() {
        return Stream.of(Alert.getClassSchema(), AppEvent.getClassSchema(), OrgNetwork.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("published")
    void what_is_registered_is_the_newest_published_file(Schema schema) throws IOException {
        // Given
        List<Path> versions;
        try (Stream<Path> files = Files.list(Path.of("../schemas/src/released"))) {
            versions = files.sorted().toList();
        }
        Path newest = versions.get(versions.size() - 1).resolve(schema.getName() + ".avsc");

        // When
        String text = SchemaText.of(schema);

        // Then
        assertThat(text).isEqualTo(new Schema.Parser().parse(newest.toFile()).toString());
    }
}
