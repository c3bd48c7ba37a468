package io.rolecall.source.split;

import io.rolecall.source.split.BrokenElement.Next;

/** Rejects what is broken in an input, each element alone, and tells where reading goes on. */
final class Recovery {

    private final BrokenInput broken;
    private final BrokenElement element = new BrokenElement();
    private final FirstKeyWinsReader reader;
    private final DecodeSettings settings;
    private final ElementHandler handler;

    private byte[] bytes = {};

    Recovery(BrokenInput broken, FirstKeyWinsReader reader, DecodeSettings settings, ElementHandler handler) {
        this.broken = broken;
        this.reader = reader;
        this.settings = settings;
        this.handler = handler;
    }

    void open(byte[] input) {
        bytes = input;
        element.reset();
        element.input(input.length);
    }

    /** Whether an element, though well-formed, has swallowed its siblings; what follows it is not what follows an element. */
    boolean swallows(int from, int to) {
        return element.swallows(bytes, from, to);
    }

    /** Whether an element of a batch begins here that lacks nothing but the comma before it. */
    boolean lacksComma(int at) {
        return element.withoutComma(bytes, at, bytes.length, true) == Next.SIBLING;
    }

    /**
     * Rejects an element of a batch.
     *
     * @param member first byte of the member of the batch that the element is, or is part of
     * @return index of the next member, or of the bracket that ends the batch; {@link JsonScanner#BROKEN} when the batch ends here
     */
    int inBatch(int member) {
        if (broken.isSettled()) {
            return JsonScanner.BROKEN;
        }
        boolean trusting = broken.reason() == null && broken.element() == member;
        Next next = element.inBatch(bytes, broken.element(), bytes.length, true, trusting);
        reject();
        if (next == Next.SIBLING || next == Next.END_OF_BATCH) {
            return element.resume();
        }
        broken.settle(element.resume());
        return JsonScanner.BROKEN;
    }

    /**
     * Rejects a value outside batches, unless that is done, and tells where reading goes on.
     *
     * @param valueStart first byte of the value that is broken or holds what is broken
     */
    int outside(int valueStart) {
        if (broken.isSettled()) {
            return broken.resume();
        }
        boolean trusting = broken.reason() == null && broken.element() == valueStart;
        element.outside(bytes, broken.element(), bytes.length, true, trusting);
        reject();
        return element.resume();
    }

    private void reject() {
        int from = broken.element();
        int to = element.end();
        Reason reason = broken.reason();
        Verdict verdict = reason == null
                ? Verdict.of(bytes, from, to, (long) to - from, reader, settings)
                : new Verdict(reason, broken.message());
        handler.rejected(verdict.reason(), verdict.message(), bytes, from, to);
    }
}
