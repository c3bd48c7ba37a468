package io.rolecall.source.split;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits an input into elements, deciding by content: values one after the other, arrays, objects that hold an array named
 * {@code records} or {@code value}, query answers of {@code tables}, strings that hold JSON, and mixtures of these.
 *
 * <p>Where an element is broken it alone is rejected, as far as can be told; its siblings live ({@link BrokenElement}). A record of one
 * event that no detection needs is recognised by its operation's name alone: errors behind the name, which cost nothing else, are
 * not looked for.
 */
public final class ElementSplitter {

    private final DecodeSettings settings;
    private final KnownOperations operations;
    private final FirstKeyWinsReader reader;
    private final ElementHandler handler;
    private final JsonScanner scanner = new JsonScanner();
    private final BrokenInput broken = new BrokenInput();
    private final ElementReader elements;
    private final BatchSplitter batches;

    public ElementSplitter(
            DecodeSettings settings, KnownOperations operations, FirstKeyWinsReader reader, ElementHandler handler) {
        this.settings = settings;
        this.operations = operations;
        this.reader = reader;
        this.handler = handler;
        this.elements = new ElementReader(settings, scanner, broken, reader, handler);
        this.batches = new BatchSplitter(
                elements, new ObjectProbe(scanner, operations, reader, settings.everything()), this::splitText);
    }

    /** Splits a whole input; one of nothing but white space is a rejected element. */
    public void split(byte[] input) {
        scanner.open(input, input.length);
        if (start(0) == input.length) {
            handler.rejected(Reason.NOT_AN_EVENT, "the value is empty", input, 0, input.length);
            return;
        }
        split(input, 0);
    }

    /** What an element of a file is rejected as that is known to be broken. */
    public Rejected rejected(byte[] bytes, Chunk.Broken broken, String position) {
        Reason reason = broken.reason();
        Verdict verdict = reason == null
                ? Verdict.of(bytes, 0, bytes.length, broken.size(), reader, settings)
                : new Verdict(reason, broken.message());
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, Rejected.MOST_BYTES));
        return new Rejected(verdict.reason(), verdict.message(), position, head, broken.size());
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
            at = next(end < 0 ? elements.recovery().outside(at) : end);
            first = false;
        }
    }

    /** Splits the text of a string, which has escapes and therefore bytes of its own. */
    private void splitText(String text, int nesting) {
        new ElementSplitter(settings, operations, reader, handler)
                .split(text.getBytes(StandardCharsets.UTF_8), nesting);
    }

    /** Begin of the next value after the first: commas may stand between values that have lost the bracket around them. */
    private int next(int from) {
        int i = start(from);
        while (scanner.at(i) == ',') {
            i = start(i + 1);
        }
        return i;
    }

    /** Begin of a value: a byte order mark stands before the first, and before each of several files put together. */
    private int start(int from) {
        int i = scanner.skipSpace(from);
        while (scanner.at(i) == (byte) 0xEF && scanner.at(i + 1) == (byte) 0xBB && scanner.at(i + 2) == (byte) 0xBF) {
            i = scanner.skipSpace(i + 3);
        }
        return i;
    }
}
