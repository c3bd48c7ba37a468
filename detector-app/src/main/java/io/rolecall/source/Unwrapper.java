package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
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

    private Unwrapper() {}

    /**
     * The events in an element, in their order; at least one.
     *
     * @throws RejectedElementException when the element, or one of those it holds, is no object
     */
    static List<Element> unwrap(JsonNode element) throws RejectedElementException {
        List<Element> found = new ArrayList<>(1);
        collect(element, "", false, 0, found);
        if (found.isEmpty()) {
            throw new RejectedElementException(Reason.NOT_AN_EVENT, "an empty list");
        }
        return found;
    }

    private static void collect(JsonNode node, String wrappers, boolean cloudApp, int depth, List<Element> found)
            throws RejectedElementException {
        if (depth > MOST_WRAPPERS) {
            throw new RejectedElementException(
                    Reason.TOO_DEEP, "more than " + MOST_WRAPPERS + " wrappers: " + Excerpt.of(wrappers));
        }
        if (node.isTextual()) {
            collect(parsed(node, wrappers), wrappers + STRING + "/", cloudApp, depth + 1, found);
        } else if (node.isArray()) {
            for (JsonNode each : node) {
                collect(each, wrappers, cloudApp, depth + 1, found);
            }
        } else if (node.isObject()) {
            Fields fields = Fields.of(node);
            Wrapped wrapped = wrapped(fields);
            if (wrapped == null) {
                found.add(new Element(fields, wrappers, cloudApp || fields.has("ActionType")));
            } else {
                JsonNode inner = wrapped.node().isTextual() ? parsed(wrapped.node(), wrapped.name()) : wrapped.node();
                String name = wrapped.name().isEmpty() ? wrappers : wrappers + wrapped.name() + "/";
                collect(inner, name, cloudApp || wrapped.cloudApp(), depth + 1, found);
            }
        } else {
            throw new RejectedElementException(Reason.NOT_AN_EVENT, "not an object: " + Excerpt.of(node));
        }
    }

    private static JsonNode parsed(JsonNode text, String name) throws RejectedElementException {
        String where = name.isEmpty() ? "" : name + ": ";
        if (!JsonText.looksLikeJson(text.asText())) {
            throw new RejectedElementException(
                    Reason.NOT_AN_EVENT, where + "a text, not an object: " + Excerpt.of(text));
        }
        JsonNode parsed = JsonText.parse(text.asText());
        if (parsed == null) {
            throw new RejectedElementException(Reason.INVALID_JSON, where + "invalid JSON: " + Excerpt.of(text));
        }
        return parsed;
    }

    /**
     * What is in a wrapper.
     *
     * @param name of the wrapper; empty when it goes without saying
     */
    private record Wrapped(String name, JsonNode node, boolean cloudApp) {}

    private static @Nullable Wrapped wrapped(Fields fields) {
        Wrapped certain = certain(fields);
        return certain != null || RawOperation.of(fields) != null ? certain : likely(fields);
    }

    /** Wrappers that are opened whatever stands beside them. */
    private static @Nullable Wrapped certain(Fields fields) {
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
        return holdsJson(rawEvent) ? new Wrapped("", rawEvent, true) : null;
    }

    /** Wrappers that are opened when nothing else tells what the object is. */
    private static @Nullable Wrapped likely(Fields fields) {
        JsonNode message = fields.node("message");
        if (message.isTextual() && holdsJson(message)) {
            return new Wrapped("message", message, false);
        }
        JsonNode ecs = EcsShape.record(fields);
        if (ecs != null) {
            return new Wrapped("ecs", ecs, false);
        }
        for (String list : List.of("records", "value")) {
            if (fields.node(list).isArray()) {
                return new Wrapped("", fields.node(list), false);
            }
        }
        for (String object : List.of("event", "result", "_source")) {
            if (holdsJson(fields.node(object))) {
                return new Wrapped(object, fields.node(object), false);
            }
        }
        // CloudAppEvents without RawEventData: the columns are all there is.
        Fields properties = fields.object("properties");
        return properties.has("ActionType") ? new Wrapped("", properties.object(), true) : null;
    }

    private static boolean holdsJson(JsonNode node) {
        return node.isContainerNode()
                || (node.isTextual()
                        && JsonText.looksLikeJson(node.asText())
                        && node.asText().length() > 2);
    }
}
