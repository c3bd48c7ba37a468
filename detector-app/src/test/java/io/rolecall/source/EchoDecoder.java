package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.event.OperationNames;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.NeededOperations;
import io.rolecall.source.split.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Decodes nothing: takes elements down, and drops those whose operation is not needed by the rule that the splitter follows on bytes,
 * written here once more on trees.
 */
public final class EchoDecoder implements ElementDecoder {

    public final List<JsonNode> elements = new ArrayList<>();
    public final List<String> positions = new ArrayList<>();

    private final NeededOperations needed;

    public EchoDecoder(NeededOperations needed) {
        this.needed = needed;
    }

    @Override
    public List<AppEvent> decode(JsonNode element, String position, Instant reference) throws RejectedElementException {
        if (element.has("unwanted")) {
            throw new RejectedElementException(Reason.MISSING_TIME, "no time");
        }
        String operation = operation(element);
        if (!operation.isEmpty() && !needed.needed(OperationNames.normalise(operation))) {
            return List.of();
        }
        elements.add(element);
        positions.add(position);
        return List.of(event());
    }

    private static String operation(JsonNode element) {
        String first = "";
        for (Map.Entry<String, JsonNode> member : element.properties()) {
            String name = member.getKey().toLowerCase(Locale.ROOT);
            String value = text(member.getValue());
            if (OperationNames.normalise(value).isEmpty()) {
                continue;
            }
            boolean overrides = name.equals("operationnamevalue");
            boolean names =
                    List.of("operationname", "operation", "activitydisplayname").contains(name);
            if (first.isEmpty() && (overrides || names)) {
                if (!member.getKey().equalsIgnoreCase("operationName")
                        || member.getKey().equals("operationName")) {
                    return value;
                }
                first = value;
            } else if (overrides) {
                return value;
            }
        }
        return first;
    }

    /** A text, or that of an object's first member named value, in any letter case. */
    private static String text(JsonNode node) {
        JsonNode text = node.properties().stream()
                .filter(member -> member.getKey().equalsIgnoreCase("value"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(node);
        return text.isTextual() ? text.asText() : "";
    }

    static AppEvent event() {
        return new AppEvent();
    }
}
