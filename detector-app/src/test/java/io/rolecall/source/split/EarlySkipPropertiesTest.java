package io.rolecall.source.split;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.event.OperationNames;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.EchoDecoder;
import io.rolecall.source.EventDecoder;
import io.rolecall.source.LogDecoder;
import io.rolecall.source.Needed;
import io.rolecall.source.RecordingSink;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recognising on bytes what no detection needs gives what a full parse of everything, sifted afterwards, would give. */
class EarlySkipPropertiesTest {

    private static final NeededOperations NEEDED = Needed.BY_DETECTIONS;
    private static final NeededOperations ALL = name -> true;

    @Property(tries = 3_000)
    void skipping_loses_nothing_that_a_full_parse_keeps(@ForAll("records") String record) {
        // Given
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        EchoDecoder sifting = new EchoDecoder(NEEDED);
        EchoDecoder skipping = new EchoDecoder(NEEDED);
        RecordingSink full = new RecordingSink();
        RecordingSink fast = new RecordingSink();
        new LogDecoder(DecodeSettings.DEFAULT.withEverything(true), NEEDED, sifting)
                .decode(bytes, index -> "p" + index, Instant.EPOCH, full);

        // When
        new LogDecoder(DecodeSettings.DEFAULT, NEEDED, skipping)
                .decode(bytes, index -> "p" + index, Instant.EPOCH, fast);

        // Then
        assertThat(fast.calls).isEqualTo(full.calls);
        assertThat(skipping.elements).isEqualTo(sifting.elements);
        assertThat(skipping.positions).isEqualTo(sifting.positions);
    }

    @Property(tries = 3_000)
    void what_is_skipped_on_bytes_the_decoder_drops_too(@ForAll("elements") String element) throws Exception {
        // Given
        byte[] bytes = element.getBytes(StandardCharsets.UTF_8);
        JsonNode tree = new FirstKeyWinsReader(DecodeSettings.DEFAULT).read(bytes, 0, bytes.length);
        EventDecoder decoder = new EventDecoder(DecodeSettings.DEFAULT, NEEDED);
        RecordingSink sink = new RecordingSink();

        // When
        new LogDecoder(DecodeSettings.DEFAULT, NEEDED, (node, position, reference) -> List.of(new AppEvent()))
                .decode(bytes, index -> "p" + index, Instant.EPOCH, sink);

        // Then
        if (sink.calls.equals(List.of("skipped"))) {
            assertThat(decoder.decode(tree, "p0", Instant.EPOCH)).isEmpty();
        }
    }

    @Property(tries = 5_000)
    void a_record_left_out_holds_one_element_and_nothing_that_is_needed(
            @ForAll("brokenRecords") String record, @ForAll("strays") String stray) {
        // Given
        byte[] bytes = (record + stray).getBytes(StandardCharsets.UTF_8);
        RecordingSink sink = new RecordingSink();
        new LogDecoder(DecodeSettings.DEFAULT, NEEDED, new EchoDecoder(NEEDED))
                .decode(bytes, index -> "p" + index, Instant.EPOCH, sink);
        EchoDecoder sifting = new EchoDecoder(NEEDED);
        new LogDecoder(DecodeSettings.DEFAULT.withEverything(true), NEEDED, sifting)
                .decode(bytes, index -> "p" + index, Instant.EPOCH, new RecordingSink());

        // When
        boolean leftOut = new EarlySkip(NEEDED).skips(bytes);

        // Then
        if (leftOut) {
            assertThat(sink.calls).containsExactly("skipped");
            assertThat(sifting.elements).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'operationName':'Update user','x':'{`a`:`b`}\n{'operationName':'Add application','n':1}",
                "{'operationName':'Update user','x':'abc\n{'operationName':'Add application'}",
                "{'operationName':'Update user','x':'abc\n{'operationName':'Add application','a':1,'b':{'c':'d'},'e':'f'}",
            })
    void a_line_that_is_cut_short_takes_no_needed_one_with_it(String record) {
        // Given
        byte[] bytes = json(record);
        EchoDecoder decoder = new EchoDecoder(NEEDED);

        // When
        new LogDecoder(DecodeSettings.DEFAULT, NEEDED, decoder)
                .decode(bytes, index -> "p" + index, Instant.EPOCH, new RecordingSink());

        // Then
        assertThat(decoder.elements).hasSize(1);
        assertThat(new EarlySkip(NEEDED).skips(bytes)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'time':'x','operationName':'Update user','properties':{'targets':[{'a':'x'},{'b':'y'}]}}",
                // Microsoft 365 audit: JSON within a text
                "{'Operation':'Update user.','ExtendedProperties':[{'Name':'d','Value':'{`User-Agent`:`x`}'}],'Version':1}",
                // Log Analytics: an OperationNameValue at the end would override the name
                "{'TenantId':'x','OperationName':'Update device','AdditionalDetails':'[{`key`:`User-Agent`}]','Id':'1'}",
                // Azure activities over REST
                "{'operationName':{'value':'Microsoft.Compute/virtualMachines/read','localizedValue':'Read'},'level':'4'}",
                "{'operationName':'Update user'} \n",
            })
    void unneeded_records_of_every_log_are_left_out(String record) {
        // Given
        byte[] bytes = json(record);

        // When
        boolean leftOut = new EarlySkip(NEEDED).skips(bytes);

        // Then
        assertThat(leftOut).isTrue();
    }

    @Property(tries = 1_000)
    void a_name_is_known_on_bytes_as_it_is_as_text(@ForAll("names") String name) {
        // Given
        byte[] bytes = ("<" + name + ">").getBytes(StandardCharsets.UTF_8);
        String normalised = OperationNames.normalise(name);
        KnownOperations known = new KnownOperations(NEEDED);

        // When
        boolean first = known.needed(bytes, 1, bytes.length - 1);
        boolean again = known.needed(bytes, 1, bytes.length - 1);

        // Then
        assertThat(first).isEqualTo(normalised.isEmpty() || NEEDED.needed(normalised));
        assertThat(again).isEqualTo(first);
    }

    @Property(tries = 300)
    void everything_is_handed_on_when_all_is_needed(@ForAll("records") String record) {
        // Given
        EchoDecoder decoder = new EchoDecoder(ALL);
        RecordingSink sink = new RecordingSink();

        // When
        new LogDecoder(DecodeSettings.DEFAULT, ALL, decoder)
                .decode(record.getBytes(StandardCharsets.UTF_8), index -> "p" + index, Instant.EPOCH, sink);

        // Then
        assertThat(sink.calls).doesNotContain("skipped");
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(
                "Add application",
                "Add application.",
                "ADD APPLICATION",
                "Update application – Certificates and secrets management ",
                "Add OAuth2PermissionGrant.",
                "MailItemsAccessed",
                "New-InboundConnector",
                "Sign-in activity",
                "UserLoggedIn",
                "MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE",
                "Microsoft.Compute/virtualMachines/delete",
                "Microsoft.Compute/virtualMachines/start/action",
                "Publish",
                "Update user",
                "Update user.",
                "Change password (self-service)",
                "FileUploaded",
                "Ändere Größe",
                "",
                "  ",
                "-");
    }

    @Provide
    Arbitrary<String> elements() {
        return Combinators.combine(members(), spaces())
                .as((members, space) ->
                        members.stream().map(m -> space + m + space).collect(Collectors.joining(",", "{", "}")));
    }

    @Provide
    Arbitrary<String> records() {
        Arbitrary<String> element = elements();
        Arbitrary<String> batch = Combinators.combine(element.list().ofMaxSize(4), envelopes())
                .as((elements, envelope) -> String.format(envelope, String.join(",", elements)));
        Arbitrary<String> separators = Arbitraries.of("\n", " ", "\r\n", "", "\n\n\t", "\n\uFEFF");
        Arbitrary<String> starts = Arbitraries.of("", "", "\uFEFF", " \n");
        return Combinators.combine(
                        Arbitraries.oneOf(element, element, batch)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(4),
                        separators,
                        starts)
                .as((values, separator, start) -> start + String.join(separator, values));
    }

    /** Whole records, and records that begin with a line that was cut short. */
    @Provide
    Arbitrary<String> brokenRecords() {
        Arbitrary<String> cut = Combinators.combine(
                        elements(), Arbitraries.integers().between(1, 100), records())
                .as((first, percent, rest) -> first.substring(0, first.length() * percent / 100) + "\n" + rest);
        return Arbitraries.oneOf(records(), cut);
    }

    /** What may follow the last value of a record. */
    @Provide
    Arbitrary<String> strays() {
        return Arbitraries.of(
                "",
                "",
                "",
                "",
                " ",
                "\n",
                "}",
                "1",
                "\\",
                "\"text\"",
                "\",}\"",
                "\\\"}\"}",
                "\"{\\\"a\\\":1}\"",
                "\"}",
                "{\"");
    }

    private Arbitrary<String> envelopes() {
        return Arbitraries.of(
                "[%s]",
                "{\"records\":[%s]}",
                "{\"@odata.context\":\"operationName\",\"value\" : [%s] ,\"x\":{\"operationName\":\"Update user\"}}",
                "[{\"RECORDS\":[%s]}]",
                "{\"a\":[{\"operationName\":\"Update user\"}],\"Records\":[%s]}");
    }

    private Arbitrary<String> spaces() {
        return Arbitraries.of("", "", "", " ", "\n  ", "\t");
    }

    private Arbitrary<List<String>> members() {
        Arbitrary<String> key = Arbitraries.of(
                "operationName",
                "operationName",
                "Operation",
                "operation",
                "OperationName",
                "operationname",
                "OPERATIONNAME",
                "OperationNameValue",
                "operationNameValue",
                "activityDisplayName",
                "ActivityDisplayName",
                "operati\\u006fnName",
                "operationNames",
                "category",
                "value",
                "records");
        Arbitrary<String> operation = Combinators.combine(key, values()).as((k, v) -> "\"" + k + "\":" + v);
        Arbitrary<String> decoy = Arbitraries.of(
                "\"properties\":{\"operationName\":\"Add application\",\"a\":[1,{\"Operation\":\"}\"}]}",
                "\"properties\":{\"operationName\":\"Update user\"}",
                "\"text\":\"\\\"operationName\\\":\\\"Add application\\\",}{\"",
                "\"text\":\"}\\n{\\\"Operation\\\":\\\"Update user\\\"\\\\\"",
                "\"list\":[\"operationName\",\"Add application\"]",
                "\"json\":\"{\\\"a\\\":\\\"b\\\"}\"",
                "\"json\":\"[{\\\"a\\\":1}]\",\"b\":\"\\\\\"",
                "\"json\":\"{\\\"a\\\":\\\"\\\\\\\"}{\\\"\"",
                "\"n\":-1.5e3",
                "\"\":null",
                "\"_raw\":\"text\"");
        return Arbitraries.oneOf(operation, decoy).list().ofMaxSize(5);
    }

    private Arbitrary<String> values() {
        Arbitrary<String> plain = names().map(name -> "\"" + name + "\"");
        Arbitrary<String> escaped = names().map(name -> "\"" + escape(name) + "\"");
        Arbitrary<String> other = Arbitraries.of(
                "null",
                "1",
                "true",
                "[]",
                "{}",
                "{\"value\":\"Add application\",\"localizedValue\":\"x\"}",
                "{\"value\":\"Microsoft.Compute/virtualMachines/read\",\"localizedValue\":\"Add application\"}",
                "{ \"value\" : \"Update user\", \"value\":\"Add application\"}",
                "{\"value\":\"  \",\"localizedValue\":\"Add application\"}",
                "{\"value\":\"\",\"VALUE\":\"Add application\"}",
                "{\"VALUE\":\"Add application\",\"value\":\"Update user\"}",
                "{\"localizedValue\":\"x\",\"value\":\"Add application\"}",
                "[\"a\"]");
        return Arbitraries.oneOf(plain, plain, escaped, other);
    }

    /** JSON with other quotes: plain ones for quotes, back ones for escaped quotes. */
    private static byte[] json(String text) {
        return text.replace("`", "\\\"").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String escape(String name) {
        return name.isEmpty() ? name : String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
    }
}
