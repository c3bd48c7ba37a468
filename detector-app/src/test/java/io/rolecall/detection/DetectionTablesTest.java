package io.rolecall.detection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of detections in the documentation are made from the front matter of the pages. */
class DetectionTablesTest {

    private static final String BEGIN =
            "<!-- detections: made from the pages, -Drolecall.write-tables=true writes them anew -->\n";
    private static final String END = "<!-- /detections -->\n";

    /** Run with {@code -Drolecall.write-tables=true} to write the tables anew after a page has changed. */
    @ParameterizedTest
    @CsvSource({"README.md, docs/detections/", "docs/detections/README.md, ''"})
    void the_table_of_detections_is_that_of_the_pages(Path file, String folder) throws IOException {
        // Given
        Path root = Files.isDirectory(Path.of("docs")) ? Path.of("") : Path.of("..");
        String text = Files.readString(root.resolve(file), UTF_8);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        String expected = table(folder);
        if (Boolean.getBoolean("rolecall.write-tables")) {
            Files.writeString(root.resolve(file), text.substring(0, from) + expected + text.substring(to), UTF_8);
            return;
        }

        // When
        String table = text.substring(from, to);

        // Then
        assertThat(table).as("run this test with -Drolecall.write-tables=true").isEqualTo(expected);
    }

    private static String table(String folder) {
        Catalogue catalogue = Catalogue.shipped();
        List<String> rows = catalogue.all().stream()
                .map(catalogue::page)
                .map(page -> "| [`" + page.id() + "`](" + folder + page.id() + ".md) | " + page.title() + " | "
                        + page.severity().label() + " |\n")
                .toList();
        return rows.stream()
                .collect(Collectors.joining("", "| detection | finds | usual severity |\n| --- | --- | --- |\n", ""));
    }
}
