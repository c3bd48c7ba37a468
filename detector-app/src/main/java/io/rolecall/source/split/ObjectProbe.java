package io.rolecall.source.split;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first-level names of an object until one tells what the object is: a batch, an event that no detection needs, or
 * anything else, which has to be parsed.
 *
 * <p>The operation is the value of the first name among operationName, operation, activityDisplayName and operationNameValue, in
 * any letter case and in the order of the document, but operationNameValue overrides an operationName that is not spelt in camel
 * case (the two stand together only in Log Analytics, whose names begin with a capital). Only a plain string without escapes is
 * looked at here.
 */
public final class ObjectProbe {

    /** What an object is. */
    enum Finding {
        /** An event that no detection needs. */
        UNNEEDED,
        /** Maybe an event: parse it. */
        PARSE,
        /** Holds elements. */
        BATCH,
        /** Ends nowhere. */
        BROKEN
    }

    private static final byte[] VALUE = {'v', 'a', 'l', 'u', 'e'};

    private final JsonGrammar grammar = new JsonGrammar();
    private final JsonScanner scanner;
    private final KnownOperations operations;
    private final FirstKeyWinsReader reader;
    private final boolean everything;

    private byte[] bytes = {};

    /** How far the last object was read: an index outside strings. */
    private int position;

    /** Nesting at the position within the last object: 1, or 0 after its end. */
    private int depth;

    private boolean emptyBatch;
    private boolean namedUnneeded;

    /** @param everything true to report no event as unneeded */
    ObjectProbe(JsonScanner scanner, KnownOperations operations, FirstKeyWinsReader reader, boolean everything) {
        this.scanner = scanner;
        this.operations = operations;
        this.reader = reader;
        this.everything = everything;
    }

    /** Whether the last object surely goes on to the end of the input, and nothing follows it; a no may be wrong. */
    boolean isAlone() {
        return depth > 0 && !scanner.severalLines() && LoneObject.isLone(bytes, position, scanner.limit());
    }

    /** Index after the last object, or {@link JsonScanner#BROKEN}; reads on from where it was looked at. */
    int end() {
        return depth == 0 ? position : scanner.endOfNesting(position, depth, 0);
    }

    /** As {@link #end}, but {@link JsonScanner#BROKEN} where the object is no JSON. */
    int wellFormedEnd() {
        return depth == 0 ? position : grammar.rest(bytes, position, scanner.limit(), true);
    }

    /**
     * Index after a row of a table that was read as far as a cell.
     *
     * @param wellFormed whether to look for errors that a parser will not look for
     */
    int endOfRow(int cell, boolean wellFormed) {
        return wellFormed ? grammar.rest(bytes, cell, scanner.limit(), false) : scanner.endOfNesting(cell, 1, 0);
    }

    /** Index after a value of an object or row. */
    int endOfValue(int value, boolean wellFormed) {
        return wellFormed ? grammar.value(bytes, value, scanner.limit()) : scanner.endOfValue(value, 1);
    }

    /**
     * Looks at an object. Reads no further than it must.
     *
     * @param in the bytes the scanner is open on
     * @param brace index of the object's opening brace
     * @param wellFormed whether to look for errors in the values that are read over
     */
    Finding find(byte[] in, int brace, boolean wellFormed) {
        bytes = in;
        depth = 1;
        emptyBatch = false;
        namedUnneeded = false;
        int i = scanner.skipSpace(brace + 1);
        while (scanner.at(i) == '"') {
            int afterName = scanner.endOfString(i);
            if (afterName < 0) {
                return Finding.BROKEN;
            }
            MemberName name = name(in, i, afterName);
            i = scanner.skipSpace(afterName);
            if (scanner.at(i) != ':') {
                return stop(i, Finding.PARSE);
            }
            i = scanner.skipSpace(i + 1);
            if (name != MemberName.OTHER) {
                Finding finding = decide(name, i);
                if (finding != null) {
                    return stop(i, finding);
                }
            }
            i = endOfValue(i, wellFormed);
            if (i < 0) {
                return Finding.BROKEN;
            }
            i = scanner.skipSpace(i);
            if (scanner.at(i) != ',') {
                return end(i);
            }
            i = scanner.skipSpace(i + 1);
        }
        return end(i);
    }

    private Finding stop(int at, Finding finding) {
        position = at;
        return finding;
    }

    private Finding end(int at) {
        position = at;
        if (scanner.at(at) != '}') {
            return Finding.PARSE;
        }
        position = at + 1;
        depth = 0;
        if (namedUnneeded) {
            return Finding.UNNEEDED;
        }
        return emptyBatch ? Finding.BATCH : Finding.PARSE;
    }

    private @Nullable Finding decide(MemberName name, int value) {
        return switch (name) {
            case OPERATION -> namedUnneeded ? null : operation(bytes, value);
            case OPERATION_NAME_VALUE -> operation(bytes, value);
            case OPERATION_NAME_IN_OTHER_CASE -> operationNameInOtherCase(value);
            case BATCH, TABLES -> batch(value);
            default -> null;
        };
    }

    private @Nullable Finding operationNameInOtherCase(int value) {
        if (!namedUnneeded && operation(bytes, value) == Finding.PARSE) {
            return Finding.PARSE;
        }
        namedUnneeded = true;
        return null;
    }

    private @Nullable Finding batch(int value) {
        if (namedUnneeded || scanner.at(value) != '[') {
            return null;
        }
        if (scanner.at(scanner.skipSpace(value + 1)) != ']') {
            return Finding.BATCH;
        }
        emptyBatch = true;
        return null;
    }

    /** Looks at an operation's value: a plain string without escapes, or to be parsed. */
    Finding operation(byte[] in, int value) {
        if (everything) {
            return Finding.PARSE;
        }
        if (scanner.at(value) == '{') {
            return operationObject(in, value);
        }
        if (scanner.at(value) != '"') {
            return Finding.PARSE;
        }
        int end = scanner.endOfString(value);
        if (end < 0 || scanner.escaped() || operations.needed(in, value + 1, end - 1)) {
            return Finding.PARSE;
        }
        return Finding.UNNEEDED;
    }

    /** Azure activities of the REST shape: {@code {"value": "..."}}, looked at when that is how the object begins. */
    private Finding operationObject(byte[] in, int brace) {
        int name = scanner.skipSpace(brace + 1);
        if (scanner.at(name) != '"') {
            return Finding.PARSE;
        }
        int afterName = scanner.endOfString(name);
        if (afterName < 0 || scanner.escaped() || !isValue(in, name + 1, afterName - 1)) {
            return Finding.PARSE;
        }
        int colon = scanner.skipSpace(afterName);
        int text = scanner.at(colon) == ':' ? scanner.skipSpace(colon + 1) : colon;
        if (scanner.at(text) != '"') {
            return Finding.PARSE;
        }
        int end = scanner.endOfString(text);
        boolean unneeded = end > text + 2 && !scanner.escaped() && !operations.needed(in, text + 1, end - 1);
        return unneeded ? Finding.UNNEEDED : Finding.PARSE;
    }

    private static boolean isValue(byte[] in, int from, int to) {
        return to - from == VALUE.length && Arrays.equals(in, from, to, VALUE, 0, VALUE.length);
    }

    /** What a name is; a name with escapes is read by the parser. */
    MemberName name(byte[] in, int quote, int end) {
        if (!scanner.escaped()) {
            return MemberName.of(in, quote + 1, end - 1);
        }
        try {
            byte[] name = reader.text(in, quote, end).getBytes(StandardCharsets.UTF_8);
            return MemberName.of(name, 0, name.length);
        } catch (JsonProcessingException e) {
            return MemberName.OTHER;
        }
    }
}
