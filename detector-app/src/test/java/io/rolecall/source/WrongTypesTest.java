package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rolecall.event.AvroJson;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.DecodeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any value of an event may be of any type: the worst that comes of it is an absent fact or a rejected element. */
class WrongTypesTest {

    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String NIL = "00000000-0000-0000-0000-000000000000";
    private static final EventDecoder DECODER =
            new EventDecoder(DecodeSettings.DEFAULT.withEverything(true), Needed.BY_DETECTIONS);

    private static final List<JsonNode> OTHERS = Stream.of(
                    "null",
                    "true",
                    "0",
                    "-7.5e300",
                    "123456789012345678901234567890",
                    "\"\"",
                    "\" \"",
                    "\"text\"",
                    "\"" + NIL + "\"",
                    "\"[{\\\"Name\\\":{},\\\"ID\\\":[1],\\\"Type\\\":\\\"x\\\"}]\"",
                    "\"{\\\"user\\\":\\\"u\\\",\\\"app\\\":[]}\"",
                    "\"[broken\"",
                    "[]",
                    "[null,7,\"x\",[[]],{}]",
                    "{}",
                    "{\"a\":{\"b\":[1]},\"id\":{},\"value\":[]}")
            .map(Decoding::parse)
            .toList();

    static Stream<String> events() throws IOException {
        try (InputStream in = WrongTypesTest.class.getResourceAsStream("fuzz-seeds.ndjson")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void no_value_of_a_wrong_type_does_more_than_take_a_fact_or_the_element(String event) {
        // Given
        JsonNode root = Decoding.parse(event);
        List<JsonNode> decoded = new ArrayList<>();

        // When
        eachChanged(root, root, decoded);

        // Then
        assertThat(decoded).isNotEmpty();
        decoded.forEach(line -> assertClean(line.toString(), line));
        assertThat(root).as("every change was taken back").isEqualTo(Decoding.parse(event));
    }

    @ParameterizedTest
    @MethodSource("events")
    void ids_are_lower_case_however_they_are_logged(String event) throws RejectedElementException {
        // Given
        String upper = GUID.matcher(event).replaceAll(guid -> guid.group().toUpperCase(Locale.ROOT));

        // When
        List<AppEvent> events = DECODER.decode(Decoding.parse(upper), "p", Decoding.REFERENCE);

        // Then
        assertThat(events).isNotEmpty().allSatisfy(each -> assertClean("", AvroJson.toTree(each)));
    }

    /** Decodes the event once for each of its values and each value of another type in its place. */
    private static void eachChanged(JsonNode root, JsonNode node, List<JsonNode> decoded) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
                String name = entry.getKey();
                JsonNode value = entry.getValue();
                for (JsonNode other : OTHERS) {
                    object.set(name, other.deepCopy());
                    decode(root, decoded);
                }
                object.set(name, value);
                eachChanged(root, value, decoded);
                inText(root, object, name, value, decoded);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode value = array.get(i);
                for (JsonNode other : OTHERS) {
                    array.set(i, other.deepCopy());
                    decode(root, decoded);
                }
                array.set(i, value);
                eachChanged(root, value, decoded);
            }
        }
    }

    /** Changes what stands inside a text of JSON too: first opened, which must read the same, then member by member. */
    private static void inText(JsonNode root, ObjectNode holder, String name, JsonNode value, List<JsonNode> decoded) {
        JsonNode inner = value.isTextual() && JsonText.looksLikeJson(value.asText()) ? Values.unpacked(value) : value;
        if (value.isTextual() && inner.isContainerNode()) {
            holder.set(name, inner);
            eachChanged(root, inner, decoded);
            holder.set(name, TextNode.valueOf(value.asText()));
        }
    }

    private static void decode(JsonNode root, List<JsonNode> decoded) {
        try {
            DECODER.decode(root, "p", Decoding.REFERENCE).forEach(event -> decoded.add(AvroJson.toTree(event)));
        } catch (RejectedElementException rejected) {
            assertThat(rejected.getMessage()).isNotBlank();
        }
    }

    private static void assertClean(String name, JsonNode value) {
        if (value.isContainerNode()) {
            assertThat(value.isEmpty()).as(name).isFalse();
            value.forEach(each -> {
                if (value.isArray()) {
                    assertClean(name, each);
                }
            });
            value.properties().forEach(entry -> assertClean(entry.getKey(), entry.getValue()));
            return;
        }
        String text = value.asText();
        assertThat(value.isNull()).as(name).isFalse();
        assertThat(text).as(name).isNotBlank();
        boolean operation = name.equals("operation") || name.equals("rawOperation") || name.equals("action");
        if (!operation) {
            assertThat(text).as(name).isNotEqualTo(NIL).doesNotContain("<null>");
        }
        boolean id = name.endsWith("Id") && !name.equals("eventId") && !name.equals("tokenId");
        if ((id || name.equals("id")) && GUID.matcher(text).matches()) {
            assertThat(text).as(name).isEqualTo(text.toLowerCase(Locale.ROOT));
        }
    }
}
