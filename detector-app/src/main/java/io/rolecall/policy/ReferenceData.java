package io.rolecall.policy;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the shipped tables. */
final class ReferenceData {

    private ReferenceData() {}

    /** Rows of a CSV file below {@code /io/rolecall}, by column name of its header. */
    static List<Map<String, String>> rows(String path) {
        String resource = "/io/rolecall/" + path;
        try (InputStream data = Objects.requireNonNull(ReferenceData.class.getResourceAsStream(resource), resource);
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(data)) {
            return rows.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading the shipped table " + resource, e);
        }
    }

    /** A column that every row of the table has. */
    static String column(Map<String, String> row, String name) {
        return Objects.requireNonNull(row.get(name), name);
    }
}
