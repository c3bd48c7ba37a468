package io.rolecall.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a search starts from, each value once, ordered by where it stands in the finding. */
public final class OcsfObservables {

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,40}");

    private final Map<String, ObjectNode> values = new TreeMap<>();

    /** Whether a text from a log is what OCSF takes for an address. */
    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /** Adds an address; what is none is left out. */
    public void address(String path, String ip) {
        if (isAddress(ip)) {
            add(2, "IP Address", path, ip);
        }
    }

    /** Adds the name of a user. */
    public void userName(String path, String name) {
        add(4, "User Name", path, name);
    }

    /** Adds the id of a user. */
    public void userUid(String path, String id) {
        add(31, "User Object: uid", path, id);
    }

    /** Adds the id of a resource. */
    public void resourceUid(String path, String id) {
        add(10, "Resource UID", path, id);
    }

    private void add(int typeId, String type, String path, String value) {
        ObjectNode observable = JsonNodeFactory.instance.objectNode();
        observable.put("type_id", typeId);
        observable.put("type", type);
        observable.put("name", path);
        observable.put("value", value);
        values.putIfAbsent(path + " " + value, observable);
    }

    /** All of them, empty or not. */
    public ArrayNode list() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.values().forEach(list::add);
        return list;
    }
}
