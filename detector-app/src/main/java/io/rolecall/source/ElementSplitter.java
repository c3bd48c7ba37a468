package io.rolecall.source;

import java.nio.charset.StandardCharsets;

/**
 * Splits an input into elements, deciding by content: values one after the other, arrays, objects that hold an array named
 * {@code records} or {@code value}, query answers of {@code tables}, strings that hold JSON, and mixtures of these.
 *
 * <p>Where a value is broken, what was split off before lives and the rest is one rejected element; reading goes on at the next line
 * that can begin a value. An object that no detection needs is judged by its operation's name alone, errors behind the name are
 * not looked for.
 */
final class ElementSplitter {

    private final DecodeSettings settings;
    private final KnownOperations operations;
    private final FirstKeyWinsReader reader;
    private final ElementHandler handler;
    private final JsonScanner scanner = new JsonScanner();
    private final BrokenInput broken = new BrokenInput();
    private final BatchSplitter batches;

    ElementSplitter(
            DecodeSettings settings, KnownOperations operations, FirstKeyWinsReader reader, ElementHandler handler) {
        this.settings = settings;
        this.operations = operations;
        this.reader = reader;
        this.handler = handler;
        this.batches = new BatchSplitter(
                new ElementReader(settings, scanner, broken, reader, handler),
                new ObjectProbe(scanner, operations, reader, settings.everything()),
                this::splitText);
    }

    /** Splits a whole input; one of nothing but white space is a rejected element. */
    void split(byte[] input) {
        scanner.open(input, input.length);
        if (start(0) == input.length) {
            handler.rejected(Reason.NOT_AN_EVENT, "the value is empty", input, 0, input.length);
            return;
        }
        split(input, 0);
    }

    private void split(byte[] input, int nesting) {
        scanner.open(input, input.length);
        broken.open(input);
        batches.open(input);
        int at = start(0);
        boolean first = true;
        while (at < input.length) {
            scanner.limit(broken.limit(at));
            int end = batches.value(at, nesting, first);
            scanner.limit(input.length);
            at = start(end < 0 ? recover(input, at) : end);
            first = false;
        }
    }

    /** Splits the text of a string, which has escapes and therefore bytes of its own. */
    private void splitText(String text, int nesting) {
        new ElementSplitter(settings, operations, reader, handler)
                .split(text.getBytes(StandardCharsets.UTF_8), nesting);
    }

    /** Begin of the next value: a byte order mark stands before the first, and before each of several files put together. */
    private int start(int from) {
        int i = scanner.skipSpace(from);
        while (scanner.at(i) == (byte) 0xEF && scanner.at(i + 1) == (byte) 0xBB && scanner.at(i + 2) == (byte) 0xBF) {
            i = scanner.skipSpace(i + 3);
        }
        return i;
    }

    private int recover(byte[] input, int valueStart) {
        int resume = broken.resume(valueStart);
        int end = BrokenInput.trim(input, broken.element(), resume);
        handler.rejected(broken.reason(), broken.message(), input, broken.element(), end);
        return resume;
    }
}
