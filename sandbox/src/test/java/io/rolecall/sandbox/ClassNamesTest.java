package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rule of the application's own classes, held by all modules and by the records that are made from the schemas. */
class ClassNamesTest {

    /** Tests run in the folder of their module. */
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> MODULES = List.of("detector-app", "sandbox", "benchmarks");
    private static final String JAVA = ".java";
    private static final String SCHEMA = ".avsc";
    private static final Pattern RECORD =
            Pattern.compile("\"type\"\\s*:\\s*\"record\"\\s*,\\s*\"name\"\\s*:\\s*\"(\\w+)\"");

    @Test
    void no_two_classes_of_the_product_have_one_name() throws IOException {
        // Given
        Map<String, Integer> classes = new TreeMap<>();

        // When
        for (String module : MODULES) {
            files(ROOT.resolve(module).resolve("src/main/java"), JAVA)
                    .map(file -> file.getFileName().toString().replace(JAVA, ""))
                    .filter(name -> !name.equals("package-info"))
                    .forEach(name -> classes.merge(name, 1, Integer::sum));
        }
        for (Path schema : files(ROOT.resolve("schemas/src/main/avro"), SCHEMA).toList()) {
            RECORD.matcher(Files.readString(schema))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(name -> classes.merge(name, 1, Integer::sum));
        }

        // Then
        assertThat(classes).containsKeys("DetectorTopology", "Demo", "AppEvent", "SubjectProfile", "Corpus");
        assertThat(classes).allSatisfy((name, times) -> assertThat(times).isEqualTo(1));
    }

    private static Stream<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(ending)).toList().stream();
        }
    }
}
