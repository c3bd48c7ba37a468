package io.rolecall.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rolecall.config.FileErrors;
import io.rolecall.source.split.Chunk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileReaderTest {

    @TempDir
    Path folder;

    private final List<String> read = new ArrayList<>();
    private final List<Integer> chunkSizes = new ArrayList<>();

    @Test
    void passes_the_lines_of_ndjson_with_their_line_numbers() throws IOException {
        // Given
        String text = "{\"a\":1}\n\n{\"b\":\"x}{\"}\r\n{\"c\":3}";

        // When
        readText("x.ndjson", text);

        // Then
        assertThat(read).containsExactly("1/0 {\"a\":1}", "3/0 {\"b\":\"x}{\"}", "4/0 {\"c\":3}");
    }

    @Test
    void takes_batches_apart_on_one_line_and_pretty_printed() throws IOException {
        // Given
        String text =
                "{\"records\":[{\"a\":1},{\"b\":[{}]}]}\n{\n  \"records\" : [\n  {\n \"c\": 2 },\n  {\"d\":3}\n ], \"more\": 1\n}\n"
                        + "[\n{\"e\":4}\n,{\"f\":5}]";

        // When
        readText("x.json", text);

        // Then
        assertThat(read)
                .containsExactly(
                        "1/0 {\"records\":[{\"a\":1}]}",
                        "1/1 {\"records\":[{\"b\":[{}]}]}",
                        "4/0 {\"records\":[{  \"c\": 2 }]}",
                        "6/1 {\"records\":[{\"d\":3}]}",
                        "10/0 [{\"e\":4}]",
                        "11/1 [{\"f\":5}]");
    }

    @Test
    void takes_pages_and_query_answers_apart() throws IOException {
        // Given
        String text = "{\"@odata.context\":\"u\",\"value\":[{\"a\":1},{\"b\":2}],\"@odata.nextLink\":\"n\"}\n"
                + "{\"tables\":[{\"name\":\"P\",\"columns\":[{\"name\":\"A\"}],\"rows\":[[1],[2]]}]}";

        // When
        readText("x.json", text);

        // Then
        String row = "{\"tables\":[{\"name\":\"PrimaryResult\",\"columns\":[{\"name\":\"A\"}],\"rows\":[[%d]]}]}";
        assertThat(read)
                .containsExactly(
                        "1/0 {\"value\":[{\"a\":1}]}",
                        "1/1 {\"value\":[{\"b\":2}]}",
                        "2/0 " + row.formatted(1),
                        "2/1 " + row.formatted(2));
    }

    @Test
    void leaves_an_event_that_holds_an_array_named_value_whole() throws IOException {
        // Given
        String text = "{\n\"operationName\":\"x\",\n\"value\":[{\"a\":1}]\n}";

        // When
        readText("x.json", text);

        // Then
        assertThat(read).containsExactly("1/0 { \"operationName\":\"x\", \"value\":[{\"a\":1}] }");
    }

    @Test
    void hands_on_a_broken_element_alone_and_reads_its_siblings_and_the_next_document() throws IOException {
        // Given
        String text = "{\"records\":[{\"a\":1},{\"b\":tru,{\"c\":3}]}\n{\"d\":4}\n[{\"e\":5} {\"f\":6}]\n[{\"g\":7},";

        // When
        readText("x.json", text);

        // Then
        assertThat(read)
                .containsExactly(
                        "1/0 {\"records\":[{\"a\":1}]}",
                        "1/1 broken of 8: {\"b\":tru",
                        "1/2 {\"records\":[{\"c\":3}]}",
                        "2/0 {\"d\":4}",
                        "3/0 [{\"e\":5}]",
                        "3/1 [{\"f\":6}]",
                        "4/0 [{\"g\":7}]",
                        "4/1 broken of 0: ");
    }

    @Test
    void lets_the_line_after_a_truncated_one_live() throws IOException {
        // Given
        String text = "{\"a\":{\"b\":\n{\"c\":1}\n{\"d\":\"unclosed\n{\"e\":2}\n";

        // When
        readText("x.ndjson", text);

        // Then
        assertThat(read)
                .containsExactly(
                        "1/0 broken of 10: {\"a\":{\"b\":",
                        "2/0 {\"c\":1}",
                        "3/0 broken of 14: {\"d\":\"unclosed",
                        "4/0 {\"e\":2}");
    }

    @Test
    void cuts_an_element_that_outgrows_the_bound_and_lets_its_siblings_live() throws IOException {
        // Given
        String huge = "{\"x\":\"" + "y".repeat(1_000_000) + "\"}";
        String text = "{\"records\":[{\"a\":1}," + huge + ",{\"b\":2}]}\n" + huge + "\n{\"c\":3}\n";

        // When
        readText("x.json", text, 500);

        // Then
        assertThat(read).hasSize(5);
        assertThat(read.get(0)).isEqualTo("1/0 {\"records\":[{\"a\":1}]}");
        assertThat(read.get(1))
                .startsWith("1/1 broken of 1000008: {\"x\":\"yyy")
                .hasSize(501 + 23);
        assertThat(read.get(2)).isEqualTo("1/2 {\"records\":[{\"b\":2}]}");
        assertThat(read.get(3))
                .startsWith("2/0 broken of 1000008: {\"x\":\"yyy")
                .hasSize(501 + 23);
        assertThat(read.get(4)).isEqualTo("3/0 {\"c\":3}");
    }

    @Test
    void keeps_chunks_within_their_bound_and_loses_no_line() throws IOException {
        // Given
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 20_000; i++) {
            text.append("{\"n\":").append(i).append("}\n");
            expected.add(i + "/0 {\"n\":" + i + "}");
        }

        // When
        readText("x.ndjson", text.toString());

        // Then
        assertThat(read).isEqualTo(expected);
        assertThat(chunkSizes).hasSizeGreaterThan(10).allMatch(size -> size <= 4096);
    }

    @Test
    void makes_objects_of_csv_rows_with_quotes_line_breaks_and_ragged_rows() throws IOException {
        // Given
        String text = "\ufeffTime [UTC],\"AuditData\",UserId,UserId_\r\n"
                + "1,\"{\"\"a\"\":\"\"b\"\"}\",x,y\r\n\r\n2,\"two\nlines\",z\r\n3,,,,more\r\n";

        // When
        readText("x.csv", text);

        // Then
        assertThat(read)
                .containsExactly(
                        "2/0 {\"Time [UTC]\":\"1\",\"AuditData\":\"{\\\"a\\\":\\\"b\\\"}\",\"UserId\":\"x\",\"UserId_\":\"y\"}",
                        "4/0 {\"Time [UTC]\":\"2\",\"AuditData\":\"two\\nlines\",\"UserId\":\"z\"}",
                        "6/0 {\"Time [UTC]\":\"3\",\"AuditData\":\"\",\"UserId\":\"\",\"UserId_\":\"\",\"column 5\":\"more\"}");
    }

    @Test
    void loses_only_the_row_of_a_quote_that_is_never_closed() throws IOException {
        // Given
        String text = "A;B\n1;2\n3;\"open\n5;6\n";

        // When
        readText("x.csv", text);

        // Then
        assertThat(read)
                .containsExactly("2/0 {\"A\":\"1\",\"B\":\"2\"}", "3/0 3;\"open", "4/0 {\"A\":\"5\",\"B\":\"6\"}");
    }

    @Test
    void reads_what_powershell_writes_in_utf16() throws IOException {
        // Given
        String text = "\ufeff{\"name\":\"M\u00fcller \ud83d\ude00\"}\r\n{\"b\":2}\r\n";

        // When
        readBytes("x.json", text.getBytes(Charset.forName("UTF-16LE")), 1 << 20);
        readBytes("y.json", text.getBytes(StandardCharsets.UTF_16BE), 1 << 20);

        // Then
        assertThat(read)
                .containsExactly(
                        "1/0 {\"name\":\"M\u00fcller \ud83d\ude00\"}",
                        "2/0 {\"b\":2}",
                        "1/0 {\"name\":\"M\u00fcller \ud83d\ude00\"}",
                        "2/0 {\"b\":2}");
    }

    @Test
    void unpacks_gzip_and_the_members_of_zip() throws IOException {
        // Given
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            member(zip, "one.json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
            member(zip, "notes.txt", "no".getBytes(StandardCharsets.UTF_8));
            member(zip, "two.csv.gz", gzip("A\n2\n"));
        }

        // When
        List<String> notRead = readBytes("x.zip", bytes.toByteArray(), 1 << 20);

        // Then
        assertThat(read).containsExactly("1/0 {\"a\":1}", "2/0 {\"A\":\"2\"}");
        assertThat(notRead).singleElement().asString().endsWith("x.zip!notes.txt");
    }

    @Test
    void hands_on_what_a_broken_archive_held_before_the_break() throws IOException {
        // Given
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            text.append("{\"n\":\"").append(Integer.toHexString(i * 31)).append("\"}\n");
        }
        byte[] whole = gzip(text.toString());
        byte[] half = Arrays.copyOf(whole, whole.length / 2);

        // When
        Throwable thrown = catchThrowable(() -> readBytes("x.json.gz", half, 1 << 20));

        // Then
        assertThat(thrown).isInstanceOf(IOException.class);
        assertThat(FileErrors.cause(thrown)).isEqualTo("the file breaks off");
        assertThat(read).hasSizeGreaterThan(1000);
    }

    @Test
    void notices_an_archive_that_was_cut_between_two_members() throws IOException {
        // Given
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int cut;
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            member(zip, "one.json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
            cut = bytes.size();
        }
        byte[] half = Arrays.copyOf(bytes.toByteArray(), cut);

        // When
        Throwable thrown = catchThrowable(() -> readBytes("x.zip", half, 1 << 20));

        // Then
        assertThat(thrown).isInstanceOf(IOException.class);
        assertThat(read).containsExactly("1/0 {\"a\":1}");
    }

    @Test
    void refuses_a_file_that_is_not_packed_as_its_name_says() {
        // Given
        byte[] text = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

        // Then
        assertThatThrownBy(() -> readBytes("x.gz", text, 1 << 20)).hasMessage("not a gz file");
    }

    @Test
    void reads_nesting_of_any_depth_without_overflow() throws IOException {
        // Given
        String deep = "[".repeat(300_000) + "]".repeat(300_000);

        // When
        readText("x.json", deep + "\n{\"a\":1}\n");

        // Then
        assertThat(read).hasSize(2);
        assertThat(read.get(1)).isEqualTo("2/0 {\"a\":1}");
    }

    @Test
    void ends_on_text_that_opens_arrays_only() throws IOException {
        // Given
        String hostile = "[\n".repeat(50_000);

        // When
        readText("x.json", hostile);

        // Then
        assertThat(read).isNotEmpty();
    }

    @Test
    void accepts_empty_files() throws IOException {
        // When
        readText("x.json", "");
        readText("y.csv", "");
        readText("z.gz", "");

        // Then
        assertThat(read).isEmpty();
    }

    @Test
    void finds_files_in_folders_in_order_and_lists_the_others() throws IOException {
        // Given
        Files.createDirectories(folder.resolve("b/c"));
        for (String name : List.of("z.json", "b/c/y.NDJSON", "b/x.csv", "a.gz", "readme.md")) {
            Files.writeString(folder.resolve(name), "");
        }

        // When
        LogFiles found = LogFiles.find(
                List.of(folder.toString(), "-", folder.resolve("none.json").toString()));

        // Then
        assertThat(found.inputs())
                .extracting(input ->
                        input.isStdin() ? "-" : folder.relativize(input.path()).toString())
                .containsExactly("a.gz", "b/c/y.NDJSON", "b/x.csv", "z.json", "-");
        assertThat(found.notRead()).containsExactly(folder.resolve("readme.md").toString());
        assertThat(found.unreadable()).containsExactly(folder.resolve("none.json") + ": no such file");
    }

    private void readText(String name, String text) throws IOException {
        readText(name, text, 1 << 20);
    }

    private void readText(String name, String text, int maxElement) throws IOException {
        readBytes(name, text.getBytes(StandardCharsets.UTF_8), maxElement);
    }

    private List<String> readBytes(String name, byte[] bytes, int maxElement) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        LogFileReader reader = new LogFileReader(4096, maxElement, count -> {});
        LogFiles.Input input = new LogFiles.Input(file.toString(), file, bytes.length);
        reader.read(input, new ByteArrayInputStream(new byte[0]), this::keep);
        return reader.notRead();
    }

    private void keep(Chunk chunk) {
        chunkSizes.add(chunk.value().length);
        Chunk.Broken broken = chunk.broken();
        if (broken != null) {
            String position = chunk.positions().position(0);
            read.add(position.substring(position.lastIndexOf(':') + 1) + " broken of " + broken.size() + ": "
                    + new String(chunk.value(), StandardCharsets.UTF_8));
            return;
        }
        String[] elements = new String(chunk.value(), StandardCharsets.UTF_8).split("\n");
        assertThat(elements).hasSameSizeAs(chunk.lines());
        for (int i = 0; i < elements.length; i++) {
            String position = chunk.positions().position(i);
            read.add(position.substring(position.lastIndexOf(':') + 1) + " " + elements[i]);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void member(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
