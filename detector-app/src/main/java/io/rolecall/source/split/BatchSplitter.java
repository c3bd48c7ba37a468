package io.rolecall.source.split;

import java.util.function.ObjIntConsumer;

/**
 * Takes one value apart into elements: opens batches, however they lie in each other, and hands on everything else whole. Its methods
 * take the index of a value's first byte and return the index after the value, or {@link JsonScanner#BROKEN}.
 */
public final class BatchSplitter {

    /** Batches within batches beyond this many levels are no event log. */
    private static final int MOST_BATCHES = 16;

    /** Why something is rejected where a batch goes on after its end. */
    public static final String STRAY_BRACKET = "a bracket too many: elements follow the end of their batch";

    /** One member of an array. */
    @FunctionalInterface
    interface Member {
        int read(int at, int nesting);
    }

    private final ElementReader elements;
    private final JsonScanner scanner;
    private final ObjectProbe probe;
    private final ObjIntConsumer<String> texts;
    private final Member element = (at, nesting) -> value(at, nesting, false);
    private final Member table;
    private final ElementReader.Parsed parsed;

    private byte[] bytes = {};

    /** @param texts takes the text of a string that holds JSON, and the nesting around it */
    BatchSplitter(ElementReader elements, ObjectProbe probe, ObjIntConsumer<String> texts) {
        this.elements = elements;
        this.scanner = elements.scanner();
        this.probe = probe;
        this.texts = texts;
        this.parsed = elements::emit;
        this.table = new TableSplitter(elements, probe, this)::table;
    }

    void open(byte[] input) {
        bytes = input;
        elements.open(input);
    }

    /**
     * Takes one value apart.
     *
     * @param nesting batches around the value
     * @param maybeAlone whether the value is the first of the input and might be its only one
     */
    int value(int at, int nesting, boolean maybeAlone) {
        scanner.beginValue();
        byte first = nesting <= MOST_BATCHES ? scanner.at(at) : 0;
        if (first == '{') {
            return object(at, nesting, maybeAlone);
        }
        if (first == '"') {
            return string(at, nesting);
        }
        if (first == '[' && isBatch(at, nesting)) {
            return array(at, nesting, element);
        }
        return whole(at, scanner.endOfValue(at, 0));
    }

    private int object(int at, int nesting, boolean maybeAlone) {
        ObjectProbe.Finding finding = probe.find(bytes, at, nesting > 0);
        if (finding == ObjectProbe.Finding.BATCH) {
            return batch(at + 1, nesting);
        }
        if (finding == ObjectProbe.Finding.BROKEN) {
            return elements.cutShort(at);
        }
        boolean unneeded = finding == ObjectProbe.Finding.UNNEEDED;
        if (unneeded && maybeAlone && probe.isAlone()) {
            elements.unneeded();
            return scanner.limit();
        }
        if (nesting > 0) {
            int end = unneeded ? probe.wellFormedEnd() : probe.end();
            return member(at, end, unneeded);
        }
        int end = probe.end();
        // An object of several lines might have swallowed some that broken syntax made part of it.
        if (!unneeded || end < 0 || scanner.severalLines()) {
            return whole(at, end);
        }
        elements.unneeded();
        return end;
    }

    /** An object in a batch; one that a siblings' end does not follow may have been cut short, and gone on into them. */
    private int member(int at, int end, boolean unneeded) {
        if (end < 0) {
            return elements.cutShort(at);
        }
        byte next = scanner.at(scanner.skipSpace(end));
        if (next != ',' && next != ']' && elements.recovery().swallows(at, end)) {
            return elements.cutShort(at);
        }
        if (!unneeded) {
            return whole(at, end);
        }
        elements.unneeded();
        return end;
    }

    private int whole(int at, int end) {
        return elements.parse(at, end, parsed);
    }

    private int string(int at, int nesting) {
        return elements.parse(at, scanner.endOfString(at), (element, from, to) -> {
            String text = element.asText().strip();
            if (!text.isEmpty() && "{[\"".indexOf(text.charAt(0)) >= 0) {
                texts.accept(text, nesting + 1);
            } else {
                elements.emit(element, from, to);
            }
        });
    }

    /** An array is a batch; within another batch only when it holds objects or arrays. */
    private boolean isBatch(int at, int nesting) {
        byte first = scanner.at(scanner.skipSpace(at + 1));
        return nesting == 0 || first == '{' || first == '[' || first == ']';
    }

    /** The members of an array, by the index of its bracket; what is broken among them is rejected alone. */
    int array(int at, int nesting, Member member) {
        int last = at + 1;
        int i = scanner.skipSpace(last);
        if (scanner.at(i) == ']') {
            return i + 1;
        }
        while (i < scanner.limit()) {
            int end = i;
            if (scanner.at(i) == ',' || scanner.at(i) == ']') {
                elements.missing(i);
            } else {
                end = member.read(i, nesting + 1);
            }
            if (end >= 0) {
                last = end;
                i = scanner.skipSpace(end);
                if (scanner.at(i) == ',') {
                    last = i + 1;
                    i = scanner.skipSpace(last);
                    continue;
                }
                if (scanner.at(i) == ']') {
                    return i + 1;
                }
                if (i >= scanner.limit()) {
                    return elements.unexpected(last, i, "comma or bracket");
                }
                if (elements.recovery().lacksComma(i)) {
                    continue;
                }
                elements.unexpected(i, i, "comma or bracket");
            }
            i = elements.recovery().inBatch(i);
            if (i < 0) {
                return JsonScanner.BROKEN;
            }
            if (scanner.at(i) == ']') {
                return i + 1;
            }
            last = i;
        }
        return elements.unexpected(last, i, "element");
    }

    /** What follows a member of an object that holds elements: its other members, or its end. */
    int restOfBatch(int last, int nesting) {
        int i = scanner.skipSpace(last);
        if (scanner.at(i) == '}') {
            return i + 1;
        }
        return scanner.at(i) == ',' ? batch(i + 1, nesting) : elements.unexpected(last, i, "comma or brace");
    }

    /**
     * The members of an object that holds elements, by the index where a name is to follow. Where an element follows instead, a
     * bracket too many has ended its batch.
     */
    private int batch(int from, int nesting) {
        boolean batchEnded = false;
        int last = from;
        while (true) {
            int i = scanner.skipSpace(last);
            if (batchEnded && scanner.at(i) == '{') {
                elements.strayBracket(i);
                last = array(last - 1, nesting, element);
            } else if (scanner.at(i) == '"') {
                int afterName = scanner.endOfString(i);
                if (afterName < 0) {
                    return elements.cutShort(i);
                }
                MemberName name = probe.name(bytes, i, afterName);
                int colon = scanner.skipSpace(afterName);
                if (scanner.at(colon) != ':') {
                    return elements.unexpected(i, colon, "colon");
                }
                int value = scanner.skipSpace(colon + 1);
                batchEnded = name == MemberName.BATCH && scanner.at(value) == '[';
                last = member(name, i, value, nesting);
            } else {
                return elements.unexpected(last, i, "name");
            }
            if (last < 0) {
                return JsonScanner.BROKEN;
            }
            int next = scanner.skipSpace(last);
            if (scanner.at(next) == '}') {
                return next + 1;
            }
            if (scanner.at(next) != ',') {
                return elements.unexpected(last, next, "comma or brace");
            }
            last = next + 1;
        }
    }

    private int member(MemberName name, int nameStart, int value, int nesting) {
        if (scanner.at(value) == '[') {
            if (name == MemberName.BATCH) {
                return array(value, nesting, element);
            }
            if (name == MemberName.TABLES) {
                return array(value, nesting, table);
            }
        }
        int end = scanner.endOfValue(value, 1);
        return end < 0 ? elements.cutShort(nameStart) : end;
    }
}
