package io.rolecall.source.split;

import org.jspecify.annotations.Nullable;

/** What broke in an input, until it is reported, and how much was read in vain. */
final class BrokenInput {

    /** How often the input may be read in vain, all broken values together, before each line stands for itself. */
    private static final int PASSES_IN_VAIN = 4;

    private byte[] bytes = {};
    private long bytesInVain;
    private int element;
    private @Nullable Reason reason;
    private String message = "";
    private boolean settled;
    private int resume;

    /** Begins with an input where nothing is broken yet. */
    void open(byte[] input) {
        bytes = input;
        bytesInVain = 0;
        settled = false;
    }

    /**
     * Notes an element that is no JSON; its bytes say why.
     *
     * @param brokenElement first byte of the element
     * @param readTo how far it was read to find that out
     */
    void note(int brokenElement, int readTo) {
        note(brokenElement, readTo, null, "");
    }

    /**
     * Notes that something else stands where a batch goes on.
     *
     * @param from where it begins
     * @param readTo how far it was read to find that out
     */
    void note(int from, int readTo, @Nullable Reason why, String what) {
        element = from;
        bytesInVain += readTo - from;
        reason = why;
        message = what;
        settled = false;
    }

    /** Notes that what broke is reported, and where reading goes on outside all batches. */
    void settle(int goOn) {
        settled = true;
        resume = goOn;
    }

    /** Whether what broke last is reported already. */
    boolean isSettled() {
        return settled;
    }

    int resume() {
        return resume;
    }

    int element() {
        return element;
    }

    /** Why; null when the element's bytes say so. */
    @Nullable
    Reason reason() {
        return reason;
    }

    String message() {
        return message;
    }

    /**
     * Index up to which the value that begins at an index may reach: the end of the input; the end of its line once so many values
     * broke that looking further for their ends would take time beyond measure.
     */
    int limit(int valueStart) {
        boolean patient = bytesInVain <= (long) PASSES_IN_VAIN * bytes.length;
        return patient ? bytes.length : lineFeed(valueStart);
    }

    /** Index after the last byte of a range that is no white space. */
    static int trim(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && JsonScanner.isSpace(bytes[end - 1])) {
            end--;
        }
        return end;
    }

    private int lineFeed(int from) {
        int i = from;
        while (i < bytes.length && bytes[i] != '\n') {
            i++;
        }
        return i;
    }
}
