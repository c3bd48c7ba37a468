package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object as one pass over its bytes found them: where the values of the names of {@link SignInNames} lie. A value
 * is read when it is asked for. Whatever else is asked ends in an {@link UnsettledException}, and with it in a parse, so that a decoder
 * never takes for absent what the pass did not look for.
 */
final class SlotFields extends EventFields {

    private final SignInPass pass;
    private final int[] keys = new int[SignInNames.COUNT];

    /** Where values begin; 0, which is before any value in an object, where there is none. */
    private final int[] starts = new int[SignInNames.COUNT];

    private final int[] ends = new int[SignInNames.COUNT];
    private final @Nullable JsonNode[] nodes = new JsonNode[SignInNames.COUNT];
    private final @Nullable EventFields[] objects = new EventFields[SignInNames.COUNT];
    private byte[] bytes = {};
    private boolean empty = true;

    SlotFields(SignInPass pass) {
        this.pass = pass;
    }

    /** Forgets the object before. */
    void open(byte[] newBytes) {
        bytes = newBytes;
        empty = true;
        Arrays.fill(starts, 0);
        Arrays.fill(nodes, null);
        Arrays.fill(objects, null);
    }

    /** Notes that there is a member, of whatever name. */
    void member() {
        empty = false;
    }

    /**
     * Notes a value.
     *
     * @param slot number of its name
     * @param key index of the quote before its key
     * @return false when another key is spelled like it: then it depends on both what is read
     */
    boolean put(int slot, int key, int start, int end) {
        if (starts[slot] != 0) {
            return false;
        }
        keys[slot] = key;
        starts[slot] = start;
        ends[slot] = end;
        return true;
    }

    /** Notes the fields of a value that is an object. */
    void put(int slot, EventFields object) {
        objects[slot] = object;
    }

    @Override
    JsonNode find(String name) {
        return node(SignInNames.slot(name));
    }

    @Override
    EventFields member(String name) {
        int slot = SignInNames.slot(name);
        EventFields known = objects[slot];
        if (known != null) {
            return known;
        }
        if (starts[slot] == 0 || bytes[starts[slot]] != '{') {
            return of(node(slot));
        }
        EventFields inner = pass.inner(starts[slot], ends[slot]);
        objects[slot] = inner;
        return inner;
    }

    @Override
    JsonNode object() {
        throw new UnsettledException();
    }

    @Override
    Iterator<Map.Entry<String, JsonNode>> entries() {
        throw new UnsettledException();
    }

    @Override
    boolean isEmpty() {
        return empty;
    }

    /** Without reading the value, which may be all that the record tells. */
    @Override
    boolean has(String... names) {
        for (String name : names) {
            if (starts[SignInNames.slot(name)] != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    boolean hasExactly(String name) {
        int slot = SignInNames.slot(name);
        return starts[slot] != 0 && key(slot).equals(name);
    }

    @Override
    @Nullable
    RawOperation operation() {
        RawOperation found = null;
        boolean several = false;
        for (int slot : SignInNames.operations()) {
            if (starts[slot] != 0) {
                // Of several it depends on their order which is read.
                if (several) {
                    throw new UnsettledException();
                }
                several = true;
                found = RawOperation.read(SignInNames.name(slot).toLowerCase(Locale.ROOT), node(slot));
            }
        }
        return found;
    }

    @Override
    Map<String, JsonNode> texts(Set<String> names, boolean plain) {
        Map<String, JsonNode> texts = new LinkedHashMap<>();
        for (String name : names) {
            int slot = SignInNames.slot(name);
            if (starts[slot] != 0 && bytes[starts[slot]] == '"') {
                JsonNode text = node(slot);
                if (!isBlank(text) && (plain || JsonText.looksLikeJson(text.asText()))) {
                    texts.put(key(slot), text);
                }
            }
        }
        return texts;
    }

    /** An object of such names is not read in one pass. */
    @Override
    boolean isMaybeEcs() {
        return false;
    }

    private JsonNode node(int slot) {
        JsonNode known = nodes[slot];
        if (known != null) {
            return known;
        }
        JsonNode read =
                starts[slot] == 0 ? MissingNode.getInstance() : PlainValues.read(bytes, starts[slot], ends[slot]);
        nodes[slot] = read;
        return read;
    }

    private String key(int slot) {
        int end = keys[slot] + 1;
        while (bytes[end] != '"') {
            end++;
        }
        return PlainValues.text(bytes, keys[slot] + 1, end);
    }
}
