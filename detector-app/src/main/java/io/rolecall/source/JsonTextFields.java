package io.rolecall.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.source.split.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Checks the fields that may hold JSON as text: Log Analytics writes {@code TargetResources} and its like so, and its columns, like
 * cells of spreadsheets, are cut after about 32 KiB. What such a field said must not pass for nothing. A text that does not begin
 * as an object or list does is none of these: some records have plain text there.
 */
final class JsonTextFields {

    private static final Set<String> ENTRA_AUDIT = Set.of(
            "properties",
            "additionaldetails",
            "initiatedby",
            "targetresources",
            "targetresource",
            "targetupdatedproperties");
    private static final Set<String> ENTRA_SIGN_IN = Set.of("properties", "status", "location", "locationdetails");
    private static final Set<String> AZURE_ACTIVITY = Set.of(
            "properties",
            "authorization",
            "claims",
            "identity",
            "httprequest",
            "requestbody",
            "responsebody",
            "status",
            "substatus",
            "operationname");
    private static final Set<String> M365_AUDIT = Set.of(
            "actor",
            "target",
            "aadtarget",
            "extendedproperties",
            "modifiedproperties",
            "parameters",
            "operationproperties",
            "folders",
            "appaccesscontext",
            "raweventdata",
            "auditdata");

    /** EventFields that hold the facts of an event and are lists or objects wherever they come from. */
    private static final Set<String> NEVER_PLAIN = Set.of("targetresources", "modifiedproperties");

    private static final Set<String> NOTHING = Set.of("none", "null", "<null>", "n/a", "-");
    private static final int MOST_ENCODINGS = 3;

    private JsonTextFields() {}

    /**
     * Checks an event.
     *
     * @throws RejectedElementException naming the field, when one that its decoder reads is cut or is no JSON
     */
    static void check(Element element, Shape.Source source) throws RejectedElementException {
        Set<String> names = names(source);
        EventFields fields = element.fields();
        check(fields, names, "");
        EventFields properties = fields.object("properties");
        check(properties, names, "properties.");
        if (source == Shape.Source.ENTRA_AUDIT) {
            EventFields body = properties.isEmpty() ? fields : properties;
            for (JsonNode target : body.list("targetResources", "targetResource")) {
                check(EventFields.of(target), Set.of("modifiedproperties"), "targetResources.");
            }
        }
        if (source == Shape.Source.M365_AUDIT) {
            JsonNode extended = fields.node("ExtendedProperties");
            String details = KeyValues.of(extended).text("additionalDetails");
            check("ExtendedProperties.additionalDetails", details == null ? "" : details);
        }
    }

    private static Set<String> names(Shape.Source source) {
        return switch (source) {
            case ENTRA_AUDIT -> ENTRA_AUDIT;
            case ENTRA_SIGN_IN -> ENTRA_SIGN_IN;
            case AZURE_ACTIVITY -> AZURE_ACTIVITY;
            case M365_AUDIT -> M365_AUDIT;
        };
    }

    private static void check(EventFields fields, Set<String> names, String path) throws RejectedElementException {
        boolean lists = !Collections.disjoint(NEVER_PLAIN, names);
        for (Map.Entry<String, JsonNode> entry : fields.texts(names, lists).entrySet()) {
            String text = entry.getValue().asText();
            String name = EventFields.withoutEnding(entry.getKey()).toLowerCase(Locale.ROOT);
            check(path + entry.getKey(), text);
            checkPlain(path + entry.getKey(), name, text.strip());
        }
    }

    private static void checkPlain(String path, String name, String text) throws RejectedElementException {
        boolean says = !text.isEmpty() && !NOTHING.contains(text.toLowerCase(Locale.ROOT));
        if (says && NEVER_PLAIN.contains(name) && !JsonText.looksLikeJson(text)) {
            throw new RejectedElementException(Reason.INVALID_JSON, path + ": no JSON: " + Excerpt.of(text));
        }
    }

    private static void check(String path, String raw) throws RejectedElementException {
        String text = raw;
        for (int i = 0; i < MOST_ENCODINGS && JsonText.looksLikeJson(text); i++) {
            boolean plain = text.stripLeading().startsWith("\"") && !quotesJson(text);
            try {
                List<JsonNode> values = JsonText.values(text);
                if (values.size() != 1) {
                    throw new RejectedElementException(
                            Reason.INVALID_JSON, path + ": " + values.size() + " values: " + Excerpt.of(text));
                }
                if (!values.get(0).isTextual()) {
                    return;
                }
                text = values.get(0).asText();
            } catch (StreamConstraintsException e) {
                throw new RejectedElementException(Reason.TOO_DEEP, path + ": nested too deep: " + Excerpt.of(text));
            } catch (JsonProcessingException e) {
                if (!plain) {
                    throw broken(path, text);
                }
                return;
            }
        }
    }

    /** Whether a text in quotes goes on as JSON that was encoded once more does. */
    private static boolean quotesJson(String text) {
        String quoted = text.stripLeading().substring(1).stripLeading();
        return quoted.startsWith("{") || quoted.startsWith("[") || quoted.startsWith("\\\"");
    }

    private static RejectedElementException broken(String path, String text) {
        return JsonText.isCut(text)
                ? new RejectedElementException(
                        Reason.TRUNCATED, path + ": the text ends inside a value: " + Excerpt.of(text))
                : new RejectedElementException(Reason.INVALID_JSON, path + ": invalid JSON: " + Excerpt.of(text));
    }
}
