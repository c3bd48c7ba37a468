package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.NeededOperations;
import io.rolecall.source.split.Positions;
import io.rolecall.source.split.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogDecoderTest {

    private static final NeededOperations NEEDED = name -> name.equals("add-application") || name.equals("publish");
    private static final String A = "{\"operationName\":\"Add application\",\"n\":1}";
    private static final String B = "{\"Operation\":\"Add application.\",\"n\":2}";
    private static final String UNNEEDED = "{\"operationName\":\"Update user\",\"n\":3}";

    private final EchoDecoder decoder = new EchoDecoder(NEEDED);
    private final RecordingSink sink = new RecordingSink();

    @ParameterizedTest
    @ValueSource(
            strings = {
                A + B,
                A + "\n" + B,
                A + "\r\n\r\n" + B + "\r\n",
                "\uFEFF " + A + "\n\uFEFF" + B,
                "{\n  \"operationName\": \"Add application\",\n  \"n\": 1\n}\n{\n\"operation\": \"Add application\",\n\"n\": 2\n}",
                "[" + A + "," + B + "]",
                "[[" + A + "],[" + B + "]]",
                "{\"records\":[" + A + "," + B + "]}",
                "{\"RECORDS\" : [ " + A + " , " + B + " ] }",
                "{\"\\u0072ecords\":[" + A + "," + B + "]}",
                "{\"@odata.context\":\"x\",\"a\":{\"records\":[1]},\"Value\":[" + A + "," + B
                        + "],\"@odata.nextLink\":\"y\"}",
                "{\"records\":[" + A + "],\"value\":[],\"records\":[" + B + "]}",
                "{\"records\":[],\"records\":[" + A + "," + B + "]}",
                "[{\"value\":[" + A + "]},{\"value\":[" + B + "]}]",
                "[{\"value\":[" + A + "]},{\"value\":[]}," + B + "]",
                "{\"records\":[{\"records\":[" + A + "]}," + B + "]}",
            })
    void opens_every_envelope(String record) {
        // When
        decode(record);

        // Then
        assertThat(sink.calls).containsExactly("decoded", "decoded");
        assertThat(decoder.elements).extracting(e -> e.path("n").asInt()).containsExactly(1, 2);
        assertThat(decoder.positions).containsExactly("t/0/7/0", "t/0/7/1");
    }

    @Test
    void turns_rows_of_a_query_answer_into_elements() {
        // Given
        String columns = "\"columns\":[{\"name\":\"n\",\"type\":\"int\"},{\"name\":\"OperationName\"},{\"name\":\"n\"},"
                + "{\"name\":\"OperationNameValue\"}]";
        String rows = "\"rows\":[[1,\"Add application\",9,null],[2,\"Update user\",9,\"Add application\"],"
                + "[3,\"Add application\",9,\"Update user\"],[4,\"Add application\"],5]";

        // When
        decode("{\"tables\":[{\"name\":\"PrimaryResult\"," + columns + "," + rows + ",\"more\":1}]}");
        decode("{\"Tables\":[{" + rows + "," + columns + "}]}");

        // Then
        assertThat(sink.calls)
                .containsExactly(
                        "decoded",
                        "decoded",
                        "skipped",
                        "decoded",
                        "not-an-event",
                        "decoded",
                        "decoded",
                        "skipped",
                        "decoded",
                        "not-an-event");
        assertThat(decoder.elements).extracting(e -> e.path("n").asInt()).containsExactly(1, 2, 4, 1, 2, 4);
    }

    @Test
    void reads_json_that_was_encoded_twice_or_thrice() {
        // Given
        String once = quoted(A + "\n" + B);
        String twice = quoted(once);

        // When
        decode(once + "\n" + twice + "\n[" + once + ",\"just text\"]");

        // Then
        assertThat(sink.calls)
                .containsExactly("decoded", "decoded", "decoded", "decoded", "decoded", "decoded", "not-an-event");
    }

    @Test
    void skips_what_no_detection_needs() {
        // When
        decode(UNNEEDED);
        decode("[" + UNNEEDED + "," + A + "," + UNNEEDED + "]");
        decode(UNNEEDED + "\n" + A);

        // Then
        assertThat(sink.calls).containsExactly("skipped", "skipped", "decoded", "skipped", "skipped", "decoded");
    }

    @Test
    void lets_the_first_of_equal_keys_count() {
        // When
        decode("{\"operationName\":\"Add application\",\"operationName\":\"Update user\",\"n\":{\"a\":1},\"n\":2}");
        decode("{\"operationName\":\"Update user\",\"operationName\":\"Add application\"}");

        // Then
        assertThat(sink.calls).containsExactly("decoded", "skipped");
        assertThat(decoder.elements.get(0).toString())
                .isEqualTo("{\"operationName\":\"Add application\",\"n\":{\"a\":1}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "42|not-an-event",
                "null|not-an-event",
                "\"text\"|not-an-event",
                "``|not-an-event",
                "` `|not-an-event",
                "[1]|not-an-event",
                "[[1,2]]|not-an-event",
                "{\"unwanted\":1}|missing-time",
                "{\"a\":tru}|invalid-json",
                "{\"a\" 1}|invalid-json",
                "no JSON at all|invalid-json",
                "{\"a\":1|truncated",
                "{\"a\":\"x|truncated",
                "{\"a\":\"x\\|truncated",
                "[|truncated",
                "{\"records\":[|truncated",
                "{\"records\":|truncated",
            })
    void names_the_reason_of_a_rejection(String record, String reason) {
        // When
        decode(record);

        // Then
        assertThat(sink.calls).containsExactly(reason);
        assertThat(sink.rejected.get(0).position()).isEqualTo("t/0/7/0");
        assertThat(sink.rejected.get(0).message()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[A,B,{\"a\":tru},A]|decoded decoded invalid-json decoded|{\"a\":tru}",
                "[{'a':1},A,B]|invalid-json decoded decoded|{'a':1}",
                "[A,rubbish, and {more},B]|decoded invalid-json decoded|rubbish, and {more}",
                "[A,{\"a\":{\"b\":1,B]|decoded truncated decoded|{\"a\":{\"b\":1",
                "[A{\"a\" 1},B]|decoded invalid-json decoded|{\"a\" 1}",
                "[A B,{\"a\":NaN}]|decoded decoded invalid-json|{\"a\":NaN}",
                "{\"records\":[A,{\"a\":\"x]}{\"records\":[B]}|decoded truncated decoded|{\"a\":\"x]}",
                "{\"records\":[A,B,{\"a\":1|decoded decoded truncated|{\"a\":1",
                "{\"records\":[A,B|decoded decoded truncated|``",
                "[A,]|decoded invalid-json|``",
                "[A,,B]|decoded invalid-json decoded|``",
                "[A,42,B]|decoded not-an-event decoded|42",
            })
    void rejects_what_is_broken_alone_and_keeps_its_siblings(String record, String calls, String rejected) {
        // When
        decode(record.replace("A", A).replace("B", B));

        // Then
        assertThat(sink.calls).containsExactly(calls.split(" "));
        assertThat(new String(sink.rejected.get(0).element(), StandardCharsets.UTF_8).strip())
                .isEqualTo(rejected.replace("A", A).replace("B", B));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"x",
                "{\"a\":1,",
                "{\"a\":",
                "{\"a\"",
                "{",
                "{\"a\":{\"b\":1}",
                "{\"operationName\":\"Update user\",\"a\":{\"b\":1}",
                "{\"a\":tru}",
                "{\"a\":1}}",
                "{\"a\":\"\\",
                "{\"records\":[{\"a\":1",
                "no JSON",
            })
    void lets_no_broken_line_swallow_the_next(String line) {
        // When
        decode(line + "\n" + A + "\n" + line + "\n\n" + B);

        // Then
        assertThat(decoder.elements)
                .filteredOn(e -> e.has("n"))
                .extracting(e -> e.path("n").asInt())
                .containsExactly(1, 2);
        assertThat(sink.rejected).hasSize(2);
    }

    @Test
    void rejects_a_broken_pretty_printed_value_as_one_and_reads_the_next() {
        // Given
        String broken = "{\n  \"a\": [\n    {\n      \"b\": tru\n    },\n    {\n      \"c\": 1\n    }\n  ]\n}\n";

        // When
        decode(broken + A);

        // Then
        assertThat(sink.calls).containsExactly("invalid-json", "decoded");
    }

    @Test
    void bounds_depth_without_recursion() {
        // Given
        String deep = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";
        String good = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";

        // When
        decode("[" + deep + "," + good + "]");
        decode("[".repeat(1_000_000));
        decode("[".repeat(1_000_000) + "]".repeat(1_000_000));
        decode("{\"a\":".repeat(1_000_000));

        // Then
        assertThat(sink.calls).containsExactly("too-deep", "decoded", "too-deep", "too-deep", "too-deep");
    }

    @Test
    void bounds_size_and_keeps_the_head() {
        // Given
        String huge = "{\"a\":\"" + "x".repeat(20 * 1024 * 1024) + "\"}";

        // When
        decode("[" + huge + "," + A + "]");

        // Then
        assertThat(sink.calls).containsExactly("too-large", "decoded");
        assertThat(sink.rejected.get(0).size()).isEqualTo(huge.length());
        assertThat(sink.rejected.get(0).element()).hasSize(Rejected.MOST_BYTES);
    }

    @Test
    void reads_bytes_that_are_no_utf8() {
        // Given
        byte[] record = A.replace("1", "\"\u00fc\"").getBytes(StandardCharsets.ISO_8859_1);

        // When
        decode(record);

        // Then
        assertThat(decoder.elements.get(0).path("n").asText()).isEqualTo("\uFFFD");
    }

    @Test
    void says_what_is_wrong_and_where() {
        // When
        decode("[" + A + ",{\"a\":tru}]");

        // Then
        assertThat(sink.rejected.get(0).message()).contains("tru").contains("at byte 5 of the element");
        assertThat(sink.rejected.get(0).position()).isEqualTo("t/0/7/1");
    }

    @Test
    void reads_many_broken_lines_in_time_proportional_to_their_length() {
        // Given
        String lines = "{\"a\":{\n".repeat(150_000) + A;

        // When
        decode(lines);

        // Then
        assertThat(decoder.elements).hasSize(1);
    }

    private void decode(String record) {
        decode(record.getBytes(StandardCharsets.UTF_8));
    }

    private void decode(byte[] record) {
        new LogDecoder(DecodeSettings.DEFAULT, NEEDED, decoder)
                .decode(record, Positions.ofRecord("t", 0, 7), Instant.EPOCH, sink);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
