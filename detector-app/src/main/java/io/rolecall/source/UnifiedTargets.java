package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The typed list {@code Target} of the unified audit log, read by type and form, never by place. */
final class UnifiedTargets {

    private static final int NAME = 1;
    private static final int ID = 2;
    private static final int PRINCIPAL_NAMES = 4;
    private static final int USER_PRINCIPAL_NAME = 5;
    private static final Pattern PREFIXED = Pattern.compile("([A-Za-z]{2,40})_([0-9a-fA-F-]{36})");

    private UnifiedTargets() {}

    /** The one target of the event; none when it has neither {@code Target} nor a prefixed {@code ObjectId}. */
    static List<Target> of(EventFields fields) {
        List<JsonNode> entries = fields.list("Target", "AADTarget");
        String objectId = fields.text("ObjectId", "OfficeObjectId");
        Matcher prefixed = prefixed(entries, objectId);
        String type = prefixed == null ? word(entries) : Target.kind(prefixed.group(1));
        String id = prefixed == null ? null : Values.guid(prefixed.group(2));
        String name = null;
        String principalName = null;
        String appId = null;
        String names = null;
        for (JsonNode node : entries) {
            EventFields entry = EventFields.of(node);
            String text = entry.text("ID");
            Long kind = Values.number(entry.text("Type"));
            switch (kind == null ? -1 : kind.intValue()) {
                case NAME -> name = Values.first(name, text);
                case ID -> appId = Values.first(appId, other(Values.guid(text), id));
                case PRINCIPAL_NAMES -> names = Values.first(names, text);
                case USER_PRINCIPAL_NAME -> principalName = Values.first(principalName, text);
                default -> {}
            }
        }
        String app = Values.first(appId, Values.appIdAmongNames(names), Values.appIdAmongNames(objectId));
        return type.isEmpty() && id == null && name == null && app == null
                ? List.of()
                : List.of(new Target(type, id, name, principalName, app));
    }

    /** The first GUID among the entries, whatever its type. */
    static @Nullable String firstGuid(EventFields fields) {
        String guid = null;
        for (JsonNode node : fields.list("Target", "AADTarget")) {
            guid = Values.first(guid, EventFields.of(node).guid("ID"));
        }
        return guid;
    }

    /** The id behind a prefix like {@code User_} in a typed list; null when there is none. */
    static @Nullable String prefixedId(List<JsonNode> entries, String prefix) {
        for (JsonNode node : entries) {
            String text = EventFields.of(node).text("ID");
            Matcher matcher = text == null ? null : PREFIXED.matcher(text);
            if (matcher != null && matcher.matches() && matcher.group(1).equalsIgnoreCase(prefix)) {
                return Values.guid(matcher.group(2));
            }
        }
        return null;
    }

    private static @Nullable Matcher prefixed(List<JsonNode> entries, @Nullable String objectId) {
        for (JsonNode node : entries) {
            Matcher matcher = matcher(EventFields.of(node).text("ID"));
            if (matcher != null) {
                return matcher;
            }
        }
        return matcher(objectId);
    }

    private static @Nullable Matcher matcher(@Nullable String text) {
        Matcher matcher = text == null ? null : PREFIXED.matcher(text);
        return matcher != null && matcher.matches() ? matcher : null;
    }

    /** The kind word of a list without a prefixed id. */
    private static String word(List<JsonNode> entries) {
        for (JsonNode node : entries) {
            String kind = Target.kind(EventFields.of(node).text("ID"));
            if (kind.equals(Target.APPLICATION) || kind.equals(Target.SERVICE_PRINCIPAL) || kind.equals(Target.USER)) {
                return kind;
            }
        }
        return "";
    }

    private static @Nullable String other(@Nullable String guid, @Nullable String id) {
        return guid == null || guid.equals(id) ? null : guid;
    }
}
