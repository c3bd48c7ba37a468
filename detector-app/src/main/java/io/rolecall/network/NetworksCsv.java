package io.rolecall.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.rolecall.config.Fields;
import io.rolecall.config.Located;
import io.rolecall.config.Nearest;
import io.rolecall.config.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads CSV with a header into rows that know their lines. */
final class NetworksCsv {

    private NetworksCsv() {}

    /** The rows below the header; what is wrong with header or shape goes to the problems. Empty lines are skipped. */
    static List<Fields> rows(String content, List<String> names, Problems problems) {
        List<Fields> rows = new ArrayList<>();
        CsvMapper mapper = CsvMapper.builder()
                .enable(CsvParser.Feature.WRAP_AS_ARRAY)
                .enable(CsvParser.Feature.TRIM_SPACES)
                .build();
        try (MappingIterator<String[]> records =
                mapper.readerFor(String[].class).readValues(content)) {
            List<String> header = List.of();
            int line = 1;
            while (records.hasNextValue()) {
                String[] cells = records.nextValue();
                if (isEmpty(cells)) {
                    // Nothing stands here.
                } else if (header.isEmpty()) {
                    header = header(cells, line, names, problems);
                    if (header.isEmpty()) {
                        return rows;
                    }
                } else {
                    row(cells, line, header, problems, rows);
                }
                line += lines(cells);
            }
            if (header.isEmpty()) {
                problems.error(1, "", "is empty; the header " + String.join(",", names) + " is expected");
            }
        } catch (JsonProcessingException e) {
            problems.error(line(e), "", "cannot be parsed as CSV: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory", e);
        }
        return rows;
    }

    private static List<String> header(String[] cells, int line, List<String> names, Problems problems) {
        List<String> header = new ArrayList<>();
        for (String cell : cells) {
            String name = cell.strip().toLowerCase(Locale.ROOT);
            if (!names.contains(name)) {
                problems.error(line, name, "unknown column; " + Nearest.hint(name, names));
            } else if (header.contains(name)) {
                problems.error(line, name, "column stands here twice");
            }
            header.add(name);
        }
        for (String wanted : List.of("cidr", "label")) {
            if (!header.contains(wanted)) {
                problems.error(line, wanted, "column is missing in the header; allowed: " + String.join(",", names));
            }
        }
        return new HashSet<>(header).size() == cells.length && names.containsAll(header) && header.contains("cidr")
                ? header
                : List.of();
    }

    private static void row(String[] cells, int line, List<String> header, Problems problems, List<Fields> rows) {
        if (cells.length > header.size()) {
            problems.error(
                    line, "", "has " + cells.length + " fields, the header has " + header.size() + "; quote a comma");
            return;
        }
        Map<String, Located> entries = new HashMap<>();
        for (int column = 0; column < cells.length; column++) {
            String text = cells[column].strip();
            Located.Kind kind = text.isEmpty() ? Located.Kind.NULL : Located.Kind.TEXT;
            entries.put(header.get(column), new Located.Scalar(line, kind, text));
        }
        rows.add(new Fields(new Located.Mapping(line, entries), "", problems));
    }

    private static boolean isEmpty(String[] cells) {
        return cells.length == 0 || (cells.length == 1 && cells[0].isBlank());
    }

    /** Lines that a record takes: one, and one more for every line break inside a quoted field. */
    private static int lines(String[] cells) {
        int lines = 1;
        for (String cell : cells) {
            lines += (int) cell.chars().filter(character -> character == '\n').count();
        }
        return lines;
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
    }
}
