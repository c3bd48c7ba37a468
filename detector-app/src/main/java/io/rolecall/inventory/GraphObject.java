package io.rolecall.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rolecall.source.split.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exported object, read by names in any case: Graph and the Azure CLI write {@code appId}, PowerShell {@code AppId}, and it
 * puts properties that its types do not know under {@code AdditionalProperties}. A value of the wrong type is an absent value.
 */
final class GraphObject {

    /** Entra ID is younger; what says otherwise (year 1, 1601) means that nobody knows. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final String NIL = "00000000-0000-0000-0000-000000000000";
    private static final String MORE = "AdditionalProperties";
    private static final int GUID_CHARACTERS = 36;

    /** How Windows PowerShell 5 writes a time: milliseconds since 1970. */
    private static final Pattern MILLISECONDS = Pattern.compile("/Date\\((-?\\d{1,15})\\)/");

    /** What {@code ConvertTo-Json} writes in place of an object that lies too deep: the name of its type, or its short form. */
    private static final Pattern CUT = Pattern.compile(
            "(Microsoft\\.Graph\\.PowerShell\\.Models\\.|System\\.(Object|Collections)\\b|@\\{).*", Pattern.DOTALL);

    private final JsonNode object;

    GraphObject(JsonNode object) {
        this.object = object;
    }

    boolean has(String name) {
        return !find(name).isMissingNode();
    }

    /** The object as it was read. */
    JsonNode json() {
        return object;
    }

    /** Whether there are no members but those by which a page tells of itself. */
    boolean isPage() {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!member.getKey().startsWith("@odata.") && !member.getKey().equals("meta")) {
                return false;
            }
        }
        return !object.isEmpty();
    }

    /** Whether a tool that writes to a limited depth has cut the value, or the members of the list, of that name. */
    boolean isCut(String name) {
        JsonNode value = find(name);
        JsonNode text = value.isArray() ? value.path(0) : value;
        return text.isTextual() && CUT.matcher(text.asText()).matches();
    }

    /** Whether there is a value of that name that is an object. */
    boolean holdsObject(String name) {
        return find(name).isObject();
    }

    /** Whether there is a list of that name, empty or not: PowerShell writes null for what it did not ask for. */
    boolean holdsList(String name) {
        return list(find(name)).isArray();
    }

    /** Whether there is a list of exactly that name: as Graph spells it, which puts it there only when asked to. */
    boolean spelt(String name) {
        return object.path(name).isArray();
    }

    /** A scalar as text without white space around it; empty when it says nothing. */
    Optional<String> text(String name) {
        JsonNode value = find(name);
        return value.isValueNode() && !value.isNull()
                ? Optional.of(value.asText().strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    /** A GUID in lower case; empty for any other text and for the nil GUID. */
    Optional<String> guid(String name) {
        return text(name)
                .filter(text -> text.length() == GUID_CHARACTERS)
                .flatMap(GraphObject::canonical)
                .filter(id -> !id.equals(NIL));
    }

    Optional<Boolean> flag(String name) {
        JsonNode value = find(name);
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }

    /**
     * A time.
     *
     * @throws UnusableObjectException when there is a value that is none
     */
    Optional<Instant> time(String name) throws UnusableObjectException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Instant time;
        try {
            Matcher milliseconds = MILLISECONDS.matcher(text.get());
            time = milliseconds.matches()
                    ? Instant.ofEpochMilli(Long.parseLong(milliseconds.group(1)))
                    : OffsetDateTime.parse(text.get()).toInstant();
        } catch (DateTimeException e) {
            throw new UnusableObjectException(
                    Reason.BAD_TIME, name + " is no time as Graph writes them, for example 2026-11-01T00:00:00Z");
        }
        return Optional.of(time).filter(known -> !known.isBefore(EARLIEST));
    }

    /** An object that this one holds; an object without properties when it holds none of that name. */
    GraphObject object(String name) {
        JsonNode value = find(name);
        return new GraphObject(value.isObject() ? value : JsonNodeFactory.instance.objectNode());
    }

    /** The objects of a list. */
    List<GraphObject> objects(String name) {
        List<GraphObject> objects = new ArrayList<>();
        list(find(name)).forEach(each -> {
            if (each.isObject()) {
                objects.add(new GraphObject(each));
            }
        });
        return objects;
    }

    /** The texts of a list, and of one that {@code ConvertTo-Json} has written as one text with spaces between them. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonNode value = find(name);
        if (isCut(name)) {
            return List.of();
        }
        if (value.isTextual()) {
            return List.of(value.asText().strip().split("\\s+")).stream()
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
        list(value).forEach(each -> {
            if (each.isTextual() && !each.asText().isBlank()) {
                texts.add(each.asText().strip());
            }
        });
        return texts;
    }

    /** Windows PowerShell writes some lists as {@code {"value":[..],"Count":..}}. */
    private static JsonNode list(JsonNode value) {
        JsonNode inner = value.isObject() ? value.path("value") : value;
        return inner.isArray() ? inner : value.isArray() ? value : MissingNode.getInstance();
    }

    private JsonNode find(String name) {
        JsonNode exact = object.get(name);
        if (exact != null) {
            return exact;
        }
        JsonNode more = MissingNode.getInstance();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            if (property.getKey().equalsIgnoreCase(name)) {
                return property.getValue();
            }
            if (property.getKey().equalsIgnoreCase(MORE) && property.getValue().isObject()) {
                more = property.getValue();
            }
        }
        return more.isMissingNode() ? more : new GraphObject(more).find(name);
    }

    private static Optional<String> canonical(String text) {
        try {
            String id = UUID.fromString(text).toString();
            return id.equals(text.toLowerCase(Locale.ROOT)) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
