package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.AppEvent;
import io.rolecall.source.file.LogFileReader;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.NeededOperations;
import io.rolecall.source.split.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record of a batch that is no JSON costs none of its siblings, in a file and in a Kafka record alike. */
class BrokenSiblingsTest {

    private static final NeededOperations NEEDED = name -> name.startsWith("add-") || name.equals("sign-in");

    /** The envelope, its records and which of them are broken. */
    record Batch(String text, List<Integer> good, List<Integer> needed, int runs, int broken) {}

    @Property(tries = 1_500)
    void the_good_records_are_read_and_the_broken_ones_rejected(@ForAll("batches") Batch batch) throws IOException {
        // Given
        byte[] bytes = batch.text().getBytes(StandardCharsets.ISO_8859_1);

        for (boolean everything : new boolean[] {true, false}) {
            // When
            Reading record = new Reading(everything).record(bytes);
            Reading file = new Reading(everything).file(bytes, Integer.MAX_VALUE);

            // Then
            assertThat(record.numbers).as(batch.text()).isEqualTo(everything ? batch.good() : batch.needed());
            assertThat(record.decoded + record.skipped)
                    .as(batch.text())
                    .isEqualTo(batch.good().size());
            assertThat(record.rejects.size())
                    .as(batch.text() + record.rejects)
                    .isBetween(batch.runs(), batch.broken() + 1);
            assertThat(file.numbers).as(batch.text()).isEqualTo(record.numbers);
            assertThat(file.rejects).as(batch.text()).isEqualTo(record.rejects);
            assertThat(file.calls).isEqualTo(record.calls);
        }
    }

    @Property(tries = 2_000)
    void whatever_stands_in_a_batch_costs_nothing_before_it(
            @ForAll("noise") String noise, @ForAll("envelopes") String envelope) throws IOException {
        // Given
        String good = record(0, 1) + "," + record(1, 2);
        byte[] bytes = String.format(envelope, good + "," + noise).getBytes(StandardCharsets.ISO_8859_1);

        // When
        Reading record = new Reading(true).record(bytes);
        Reading file = new Reading(true).file(bytes, Integer.MAX_VALUE);

        // Then
        assertThat(record.numbers).startsWith(1, 2);
        assertThat(file.numbers).startsWith(1, 2);
        assertThat(record.calls).hasSize(record.decoded + record.skipped + record.rejects.size());
        assertThat(file.calls).hasSize(file.decoded + file.skipped + file.rejects.size());
    }

    @Test
    void a_large_batch_is_read_alike_in_whatever_pieces_it_comes() throws IOException {
        // Given
        Random random = new Random(7);
        StringBuilder text = new StringBuilder("{\"records\":[");
        List<Integer> good = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            String record = record(i % SHAPES, i).replace("\"pad\"", "\"" + "x".repeat(random.nextInt(3_000)) + "\"");
            boolean breaks = i % 9 == 4;
            text.append(i == 0 ? "" : ",").append(breaks ? broken(record, i / 9 % KINDS, random.nextInt(100)) : record);
            if (!breaks && i % SHAPES != UNNEEDED) {
                good.add(i);
            }
        }
        byte[] bytes = text.append("]}").toString().getBytes(StandardCharsets.ISO_8859_1);

        // When
        Reading record = new Reading(false).record(bytes);
        Reading whole = new Reading(false).file(bytes, Integer.MAX_VALUE);
        Reading pieces = new Reading(false).file(bytes, 1_000);

        // Then
        assertThat(record.numbers).isEqualTo(good);
        assertThat(whole.numbers).isEqualTo(good);
        assertThat(whole.rejects).isEqualTo(record.rejects);
        assertThat(pieces.rejects).isEqualTo(record.rejects);
        assertThat(pieces.calls).isEqualTo(record.calls);
    }

    @Test
    void rubbish_of_many_megabytes_is_one_reject_with_its_full_size() throws IOException {
        // Given
        Random random = new Random(3);
        byte[] noise = new byte[20 << 20];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) " abc:1{}[],\"\\'\n".charAt(random.nextInt(15));
        }
        String rubbish = new String(noise, StandardCharsets.ISO_8859_1);
        String text = "{\"records\":[" + record(0, 1) + ",{\"a\":\"" + rubbish.replace('\n', ' ') + "\u0001\" x,"
                + record(1, 2) + "]}\n" + record(2, 3);

        // When
        Reading file = new Reading(true).file(text.getBytes(StandardCharsets.ISO_8859_1), Integer.MAX_VALUE);

        // Then
        assertThat(file.numbers).startsWith(1).endsWith(3);
        assertThat(file.sizes).isGreaterThanOrEqualTo(noise.length);
    }

    @Test
    void brackets_and_commas_without_end_take_time_in_proportion() throws IOException {
        for (String unit : List.of(
                "[",
                "{\"a\":",
                ",{\"time\":[",
                "{\"time\":1,",
                ",{\"time\":{\"a\":[1",
                ",{\"time\":\"",
                "'",
                "{'a':'",
                "\"",
                "],",
                "},{")) {
            // Given
            byte[] bytes = ("{\"records\":[" + record(0, 1) + "," + unit.repeat(400_000))
                    .getBytes(StandardCharsets.ISO_8859_1);

            // When
            Reading record = new Reading(true).record(bytes);
            Reading file = new Reading(true).file(bytes, Integer.MAX_VALUE);

            // Then
            assertThat(record.numbers).startsWith(1);
            assertThat(file.numbers).startsWith(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"records\":[%s]}", "[%s]", "{\"value\":[%s],\"@odata.nextLink\":\"n\"}", "[\n%s\n]"})
    void broken_records_in_a_row_are_rejected_each_alone(String envelope) throws IOException {
        for (String wrong : List.of("\"a\"b\"", "\"a\" \"b\":1", "[}", "/* c */ 1", "\"cut", "[1}, 2", "{\"x\" 1}")) {
            // Given
            String broken = record(0, 9).replace("\"pad\"", wrong);
            String text = String.join(",", record(0, 1), broken, broken, broken, broken, record(0, 2));
            byte[] bytes = String.format(envelope, text).getBytes(StandardCharsets.ISO_8859_1);

            // When
            Reading record = new Reading(true).record(bytes);
            Reading file = new Reading(true).file(bytes, Integer.MAX_VALUE);

            // Then
            assertThat(record.numbers).as(wrong).containsExactly(1, 2);
            assertThat(record.rejects).as(wrong).hasSize(4);
            assertThat(file.numbers).as(wrong).containsExactly(1, 2);
            assertThat(file.rejects).as(wrong).isEqualTo(record.rejects);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_index\":\"i\",\"_id\":\"1\",\"_source\":%s}",
                "{\"sourcetype\":\"s\",\"event\":%s}",
                "{\"preview\":false,\"result\":%s}",
                "{\"body\":%s}"
            })
    void a_broken_record_in_a_wrapper_costs_the_others_nothing(String wrapper) throws IOException {
        for (int at : new int[] {0, 1, 2}) {
            // Given
            List<String> texts = new ArrayList<>();
            texts.add(String.format(wrapper, record(0, 1)));
            texts.add(String.format(wrapper, record(0, 2)));
            texts.add(at, String.format(wrapper, record(0, 9).replace("\"pad\"", "\"cut")));
            byte[] bytes = ("[" + String.join(",", texts) + "]").getBytes(StandardCharsets.ISO_8859_1);

            // When
            Reading record = new Reading(true).record(bytes);
            Reading file = new Reading(true).file(bytes, Integer.MAX_VALUE);

            // Then
            assertThat(record.rejects).hasSize(1);
            assertThat(record.calls).hasSize(3);
            assertThat(file.rejects).isEqualTo(record.rejects);
            assertThat(file.calls).isEqualTo(record.calls);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"records\":[%s],%s,%s]}", "{\"value\":[%s]\n,\n%s,%s],\"n\":\"l\"}", "[%s],%s,%s]"})
    void a_bracket_too_many_costs_no_record(String envelope) throws IOException {
        // Given
        String text = String.format(envelope, record(0, 1), record(1, 2), record(0, 3));
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);

        // When
        Reading record = new Reading(true).record(bytes);
        Reading file = new Reading(true).file(bytes, Integer.MAX_VALUE);

        // Then
        assertThat(record.numbers).containsExactly(1, 2, 3);
        assertThat(record.rejects).hasSize(1);
        assertThat(file.numbers).containsExactly(1, 2, 3);
        assertThat(file.rejects).hasSize(1);
    }

    @Test
    void a_line_feed_in_a_text_costs_the_record_alone() throws IOException {
        // Given
        String broken = record(0, 1).replace("pad", "two\nlines");
        String text = broken + "\n" + record(1, 2) + "\n" + broken + "\n" + broken + "\n" + record(2, 3) + "\n";
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);

        // When
        Reading record = new Reading(true).record(bytes);
        Reading file = new Reading(true).file(bytes, Integer.MAX_VALUE);

        // Then
        assertThat(record.numbers).containsExactly(2, 3);
        assertThat(record.rejects).hasSize(3);
        assertThat(file.numbers).containsExactly(2, 3);
        assertThat(file.rejects).isEqualTo(record.rejects);
    }

    @Provide
    Arbitrary<Batch> batches() {
        Arbitrary<int[]> records = Combinators.combine(
                        Arbitraries.integers().between(0, SHAPES - 1),
                        Arbitraries.integers().between(-KINDS, KINDS - 1),
                        Arbitraries.integers().between(1, 99))
                .as((shape, kind, where) -> new int[] {shape, kind, where});
        return Combinators.combine(records.list().ofMinSize(1).ofMaxSize(8), envelopes(), separators())
                .as(BrokenSiblingsTest::batch);
    }

    private static Batch batch(List<int[]> records, String envelope, String separator) {
        List<String> texts = new ArrayList<>();
        List<Integer> good = new ArrayList<>();
        List<Integer> needed = new ArrayList<>();
        int runs = 0;
        int broken = 0;
        boolean before = false;
        for (int i = 0; i < records.size(); i++) {
            int[] each = records.get(i);
            String record = record(each[0], i);
            // A list that is cut short is none when nothing comes after: the end of the batch is the list's.
            boolean breaks = each[1] >= 0 && (each[1] != UNCLOSED_LIST || i < records.size() - 1);
            String told = breaks ? broken(record, each[1], each[2]) : record;
            // So it is of a last record that is cut behind an object or the bracket of its list.
            boolean lastCut = breaks && each[1] == CUT && i == records.size() - 1;
            texts.add(lastCut ? told.replaceFirst("[}\\[]+$", "") : told);
            if (!breaks) {
                good.add(i);
            }
            if (!breaks && each[0] != UNNEEDED) {
                needed.add(i);
            }
            runs += breaks && !before ? 1 : 0;
            broken += breaks ? 1 : 0;
            before = breaks;
        }
        return new Batch(String.format(envelope, String.join(separator, texts)), good, needed, runs, broken);
    }

    @Provide
    Arbitrary<String> envelopes() {
        return Arbitraries.of(
                "{\"records\":[%s]}",
                "[%s]",
                "{\"@odata.context\":\"u\",\"value\":[%s],\"@odata.nextLink\":\"n\"}",
                "{\"records\":[%s]}\n",
                "[\n  %s\n]");
    }

    @Provide
    Arbitrary<String> separators() {
        return Arbitraries.of(",", ",", ", ", " ,");
    }

    @Provide
    Arbitrary<String> noise() {
        Arbitrary<String> pieces = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"",
                "\\",
                "'",
                " ",
                "\n",
                "\u0000",
                "\u00ff",
                "a",
                "1",
                "tru",
                "null",
                "{\"time\":1}",
                "\"x\"",
                "{\"records\":[",
                "]}",
                "{\"operationName\":\"x\"");
        return pieces.list().ofMaxSize(40).map(list -> String.join("", list));
    }

    private static final int SHAPES = 6;
    private static final int UNNEEDED = 4;

    /** A record of one of the logs' shapes, with a number; one of them is of an operation that is not needed. */
    static String record(int shape, int number) {
        String text =
                switch (shape) {
                    case 0 ->
                        "{'time':'2026-03-02T09:00:00Z','operationName':'Add application','number':#,'properties':{'id':'1',"
                                + "'targetResources':[{'id':'a','type':'Application'},{'id':'b','modifiedProperties':[{'displayName':'x',"
                                + "'newValue':'[{`a`: 0}, {`b`: `c`}]'},{'displayName':'y'}]}],'note':'pad'}}";
                    case 1 ->
                        "{'id':'e','number':#,'activityDateTime':'2026-03-02T09:00:00Z','activityDisplayName':'Add owner','note':'pad',"
                                + "'initiatedBy':{'user':{'id':'u'}},'targetResources':[{'id':'a','displayName':'A, {B}'},{'id':'b'}]}";
                    case 2 ->
                        "{'CreationTime':'2026-03-02T09:00:00','number':#,'Operation':'Add application.','Parameters':[{'Name':'a',"
                                + "'Value':'b'},{'Name':'c','Value':'d'}],'Actor':[{'ID':'x','Type':1},{'ID':'pad','Type':2}]}";
                    case 3 ->
                        "{'TimeGenerated':'2026-03-02T09:00:00Z','OperationName':'Add user','TargetResources':'[{`id`: `a`}, {`id`: "
                                + "`b`}]','number':#,'Type':'AuditLogs','Note':'pad'}";
                    case UNNEEDED ->
                        "{'time':'2026-03-02T09:00:00Z','category':'FunctionAppLogs','operationName':'Microsoft.Web/sites/log',"
                                + "'number':#,'properties':{'message':'pad','list':[1,{'a':[]},{'b':{}}]}}";
                    default ->
                        "{'createdDateTime':'2026-03-02T09:00:00Z','number':#,'note':'pad','activityDisplayName':'Sign-in','list':"
                                + "[{'k':'v'},{'k':'w'}]}";
                };
        return text.replace("'", "\"").replace("`", "\\\"").replace("#", String.valueOf(number));
    }

    private static final int KINDS = 16;
    private static final int CUT = 11;
    private static final int UNCLOSED_LIST = 13;

    /** A record as somebody breaks it. */
    private static String broken(String record, int kind, int percent) {
        int at = Math.max(1, Math.min(record.length() - 1, record.length() * percent / 100));
        String begin = record.substring(0, record.length() - 1);
        return switch (kind) {
            case 0 -> begin + ",\"m\":{'message':'it broke','level':'Error'}}";
            case 1 -> begin + ",\"n\":NaN}";
            case 2 -> begin + ",}";
            case 3 -> record.replaceFirst(",\"", " \"");
            case 4 -> "some text, of {a kind} [that] is no JSON, \"really";
            case 5 -> "\u0000\u0001\u00fe\u00ff{\u0003}\u001f,\u007f[\u0080";
            case 6 -> begin + ",\"m\":\"two\nlines\"}";
            case 7 -> begin + ",\"m\":\"a\ttab\"}";
            case 8 -> begin + ",\"m\":\"5\" disk\",\"x\":1}";
            case 9 -> begin + ",\"m\":\"he said \"no\", so\",\"x\":1}";
            case 10 -> begin + ",\"m\":None,\"t\":True}";
            case CUT -> record.substring(0, at);
            case 12 -> begin + ",\"m\":\"C:\\Users\",\"p\":\"C:\\\"}";
            case UNCLOSED_LIST -> begin + ",\"l\":[{\"a\":1}";
            case 14 -> begin + ",\"m\":\"not closed}";
            default -> begin + ",\"m\" 1}";
        };
    }

    /** What became of the elements of an input. */
    private static final class Reading {

        private final List<Integer> numbers = new ArrayList<>();
        private final List<String> rejects = new ArrayList<>();
        private final List<String> calls = new ArrayList<>();
        private final boolean everything;
        private int decoded;
        private int skipped;
        private long sizes;

        Reading(boolean everything) {
            this.everything = everything;
        }

        Reading record(byte[] bytes) {
            decoder().decode(bytes, index -> "", Instant.EPOCH, new Sink());
            return this;
        }

        Reading file(byte[] bytes, int pieces) throws IOException {
            LogDecoder decoder = decoder();
            LogFileReader reader = new LogFileReader(1 << 20, DecodeSettings.DEFAULT.maxElementBytes(), count -> {});
            reader.readStream(
                    "x.json", new Pieces(bytes, pieces), chunk -> decoder.decode(chunk, Instant.EPOCH, new Sink()));
            return this;
        }

        private LogDecoder decoder() {
            return new LogDecoder(
                    DecodeSettings.DEFAULT.withEverything(everything), NEEDED, (element, position, reference) -> {
                        numbers.add(element.path("number").asInt(-1));
                        return List.of(new AppEvent());
                    });
        }

        private final class Sink implements ElementSink {

            @Override
            public void decoded(List<AppEvent> events) {
                calls.add("decoded");
                decoded++;
            }

            @Override
            public void skipped() {
                calls.add("skipped");
                skipped++;
            }

            @Override
            public void rejected(Rejected element) {
                calls.add("rejected");
                sizes += element.size();
                rejects.add(element.reason() + " " + element.message() + " " + element.size() + " "
                        + new String(element.element(), StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** A stream that gives few bytes at a time. */
    private static final class Pieces extends InputStream {

        private final ByteArrayInputStream in;
        private final int most;

        Pieces(byte[] bytes, int most) {
            this.in = new ByteArrayInputStream(bytes);
            this.most = most;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return in.read(target, offset, Math.min(length, most));
        }
    }
}
