package io.rolecall.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;

/**
 * Writes the copies of the version being built anew, each with all types it uses inlined. Not part of the build: its name does
 * not end in Test. Run it after a wanted change of a schema, and review the difference:
 *
 * <pre>mvn -pl schemas test -Dtest=RefreshReleasedSchemas</pre>
 *
 * Versions that are released already are never touched.
 */
class RefreshReleasedSchemas {

    @Test
    void writes_the_copies_of_the_version_being_built() throws IOException {
        // Given
        String version = SchemaFiles.versionBeingBuilt();
        SchemaFormatter pretty = SchemaFormatter.getInstance("json/pretty");

        // When
        for (SchemaFiles.Named named : SchemaFiles.current()) {
            Path copy = SchemaFiles.directory(version).resolve(named.path());
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, pretty.format(named.schema()) + "\n");
        }

        // Then
        assertThat(SchemaFiles.released(version)).containsExactlyInAnyOrderElementsOf(SchemaFiles.current());
    }
}
