package io.rolecall.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.source.split.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes off what transports put around events: {@code _raw} (Cribl, Splunk), {@code event.original} (Beats, Wazuh), {@code
 * message}, {@code AuditData} (Search-UnifiedAuditLog), {@code RawEventData} (CloudAppEvents), fields parsed by Elastic's
 * integrations, and JSON encoded as a string.
 */
final class Unwrapper {

    /** Deepest nesting of wrappers. */
    private static final int MOST_WRAPPERS = 6;

    private static final String STRING = "string";
    private static final List<String> LISTS = List.of("records", "value", "results");

    /** Members that hold the event: HEC, search results, Wazuh and its decoders, queues. */
    private static final List<String> OBJECTS =
            List.of("event", "result", "_source", "data", "office365", "body", "payload");

    private Unwrapper() {}

    /**
     * What is in an element.
     *
     * @param elements what may be events, in their order
     * @param refused why the others are none
     */
    record Found(List<Element> elements, List<RejectedElementException> refused) {}

    /**
     * Opens an element, and what is in it, until nothing more is wrapped. At least one thing is found.
     *
     * @throws RejectedElementException when there are wrappers without end
     */
    static Found unwrap(JsonNode element) throws RejectedElementException {
        Found found = new Found(new ArrayList<>(1), new ArrayList<>(0));
        collect(element, "", false, 0, found);
        if (found.elements().isEmpty() && found.refused().isEmpty()) {
            throw new RejectedElementException(Reason.NOT_AN_EVENT, "an empty list");
        }
        return found;
    }

    private static void collect(JsonNode node, String wrappers, boolean cloudApp, int depth, Found found)
            throws RejectedElementException {
        if (depth > MOST_WRAPPERS) {
            throw new RejectedElementException(
                    Reason.TOO_DEEP, "more than " + MOST_WRAPPERS + " wrappers: " + Excerpt.of(wrappers));
        }
        if (node.isTextual()) {
            for (JsonNode value : parsed(node, wrappers, found)) {
                collect(value, wrappers + STRING + "/", cloudApp, depth + 1, found);
            }
        } else if (node.isArray()) {
            for (JsonNode each : node) {
                collect(each, wrappers, cloudApp, depth + 1, found);
            }
        } else if (node.isObject()) {
            open(EventFields.of(node), wrappers, cloudApp, depth, found);
        } else {
            found.refused()
                    .add(new RejectedElementException(Reason.NOT_AN_EVENT, "not an object: " + Excerpt.of(node)));
        }
    }

    private static void open(EventFields fields, String wrappers, boolean cloudApp, int depth, Found found)
            throws RejectedElementException {
        Wrapped wrapped = wrapped(fields);
        if (wrapped == null) {
            found.elements().add(new Element(fields, wrappers, cloudApp || fields.has("ActionType")));
            return;
        }
        String names = wrapped.name().isEmpty() ? wrappers : wrappers + wrapped.name() + "/";
        boolean text = wrapped.node().isTextual();
        for (JsonNode inner : text ? parsed(wrapped.node(), wrapped.name(), found) : List.of(wrapped.node())) {
            collect(inner, names, cloudApp || wrapped.cloudApp(), depth + 1, found);
        }
    }

    /** The values a text holds, of which some transports write several into one; none when it is refused. */
    private static List<JsonNode> parsed(JsonNode text, String name, Found found) {
        String where = name.isEmpty() ? "" : name + ": ";
        if (!JsonText.looksLikeJson(text.asText())) {
            String message = where + "a text, not an object: " + Excerpt.of(text);
            found.refused().add(new RejectedElementException(Reason.NOT_AN_EVENT, message));
            return List.of();
        }
        try {
            return JsonText.values(text.asText());
        } catch (StreamConstraintsException e) {
            String message = where + "nested too deep: " + Excerpt.of(text);
            found.refused().add(new RejectedElementException(Reason.TOO_DEEP, message));
        } catch (JsonProcessingException e) {
            // Spreadsheets cut a cell after 32,767 characters, and with it the record in it.
            boolean cut = JsonText.isCut(text.asText());
            String what = cut ? "the text ends inside a value: " : "invalid JSON: ";
            Reason reason = cut ? Reason.TRUNCATED : Reason.INVALID_JSON;
            found.refused().add(new RejectedElementException(reason, where + what + Excerpt.of(text)));
        }
        return List.of();
    }

    /**
     * What is in a wrapper.
     *
     * @param name of the wrapper; empty when it goes without saying
     */
    private record Wrapped(String name, JsonNode node, boolean cloudApp) {}

    /** Whether an object is a wrapper and no event itself. */
    static boolean isWrapper(EventFields fields) {
        return wrapped(fields) != null;
    }

    private static @Nullable Wrapped wrapped(EventFields fields) {
        Wrapped certain = certain(fields);
        return certain != null || fields.operation() != null ? certain : likely(fields);
    }

    /** Wrappers that are opened whatever stands beside them. */
    private static @Nullable Wrapped certain(EventFields fields) {
        JsonNode auditData = fields.node("AuditData");
        if (holdsJson(auditData)) {
            return new Wrapped("AuditData", auditData, false);
        }
        JsonNode raw = fields.node("_raw");
        if (holdsJson(raw)) {
            return new Wrapped("_raw", raw, false);
        }
        JsonNode original = fields.node("event.original");
        JsonNode nested = original.isMissingNode() ? fields.object("event").node("original") : original;
        if (holdsJson(nested)) {
            return new Wrapped("event.original", nested, false);
        }
        JsonNode event = fields.node("RawEventData");
        JsonNode rawEvent = event.isMissingNode() ? fields.object("properties").node("RawEventData") : event;
        if (holdsJson(rawEvent)) {
            return new Wrapped("", rawEvent, true);
        }
        String category = fields.text("category");
        boolean hunting = "Publish".equalsIgnoreCase(fields.text("operationName"))
                && category != null
                && category.startsWith("AdvancedHunting-");
        EventFields columns = fields.object("properties");
        return hunting && columns.has("ActionType") ? new Wrapped("", columns.object(), true) : null;
    }

    /** Wrappers that are opened when nothing else tells what the object is. */
    private static @Nullable Wrapped likely(EventFields fields) {
        JsonNode message = fields.node("message");
        if (message.isTextual() && holdsJson(message)) {
            return new Wrapped("message", message, false);
        }
        JsonNode ecs = fields.isMaybeEcs() ? EcsShape.record(fields) : null;
        if (ecs != null) {
            return new Wrapped("ecs", ecs, false);
        }
        for (String list : LISTS) {
            if (fields.node(list).isArray()) {
                return new Wrapped("", fields.node(list), false);
            }
        }
        for (String object : OBJECTS) {
            if (holdsJson(fields.node(object))) {
                return new Wrapped(object, fields.node(object), false);
            }
        }
        // CloudAppEvents without RawEventData: the columns are all there is.
        EventFields properties = fields.object("properties");
        return properties.has("ActionType") ? new Wrapped("", properties.object(), true) : null;
    }

    private static boolean holdsJson(JsonNode node) {
        return node.isContainerNode()
                || (node.isTextual()
                        && JsonText.looksLikeJson(node.asText())
                        && node.asText().length() > 2);
    }
}
