package io.rolecall.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Writes the shipped tables anew that are derived from files of other projects. Not part of the build: its name does not end in Test.
 * How to get the files, and what to review afterwards: CONTRIBUTING.md.
 *
 * <pre>mvn -Pquick -pl schemas,detector-app -am test -Dtest=RefreshReferenceData -Drolecall.upstream=FOLDER
 * -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class RefreshReferenceData {

    @Test
    void writes_the_shipped_tables_that_are_derived() throws Exception {
        // Given
        Path upstream = Path.of(System.getProperty("rolecall.upstream", ""));
        assertThat(upstream.resolve("versions.csv"))
                .as("-Drolecall.upstream=FOLDER")
                .isRegularFile();
        Path resources = Path.of("src/main/resources/io/rolecall/reference");

        // When
        Map<String, String> tables = new UpstreamTables(upstream).written();
        for (Map.Entry<String, String> table : tables.entrySet()) {
            Files.writeString(resources.resolve(table.getKey()), table.getValue(), UTF_8);
        }

        // Then
        assertThat(resources.resolve("known-abused-applications.csv")).isNotEmptyFile();
    }
}
