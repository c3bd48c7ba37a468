package io.rolecall.source;

/**
 * Where the input broke, and where reading goes on. A line cut short must not swallow the lines after it, and the lines of a broken
 * pretty-printed value must not become elements of their own.
 */
final class BrokenInput {

    /** How often the input may be read in vain, all broken values together, before each line stands for itself. */
    private static final int PASSES_IN_VAIN = 4;

    private byte[] bytes = {};
    private long bytesInVain;
    private int element;
    private int at;
    private Reason reason = Reason.INVALID_JSON;
    private String message = "";

    /** Begins with an input where nothing is broken yet. */
    void open(byte[] input) {
        bytes = input;
        bytesInVain = 0;
    }

    /**
     * Notes what broke.
     *
     * @param brokenElement first byte of the element that the rest is rejected as
     * @param brokenAt where the input broke
     * @param readTo how far it was read to find that out
     */
    void note(int brokenElement, int brokenAt, int readTo, Reason why, String what) {
        element = brokenElement;
        at = brokenAt;
        bytesInVain += readTo - brokenElement;
        reason = why;
        message = what;
    }

    int element() {
        return element;
    }

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

    /**
     * Where reading goes on: at the next line when the broken element began and broke on one line; else at a line that begins a
     * value no further to the right than the broken one and, within a batch of several lines, does not follow a comma.
     *
     * @param valueStart first byte of the outermost value that the broken element is part of
     */
    int resume(int valueStart) {
        boolean batchOfLines = lineFeed(valueStart) < element;
        int lineEnd = lineFeed(element);
        boolean oneLine = at <= lineEnd && !batchOfLines;
        int indent = indent(valueStart);
        for (int line = lineEnd + 1; line < bytes.length; line = lineFeed(line) + 1) {
            int first = firstOfLine(line);
            if (oneLine ? !continues(first) : first - line <= indent && begins(first)) {
                if (!batchOfLines || !awaitsMore(line - 1)) {
                    return line;
                }
            }
        }
        return bytes.length;
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

    private int indent(int index) {
        int line = index;
        while (line > 0 && bytes[line - 1] != '\n') {
            line--;
        }
        return firstOfLine(line) - line;
    }

    private int firstOfLine(int line) {
        int i = line;
        while (i < bytes.length && bytes[i] != '\n' && JsonScanner.isSpace(bytes[i])) {
            i++;
        }
        return i;
    }

    private byte byteAt(int index) {
        return index < bytes.length ? bytes[index] : (byte) '\n';
    }

    /** Whether a value that may hold events begins here: an object, an array, or a string that holds one. */
    private boolean begins(int index) {
        byte first = byteAt(index);
        if (first == '"') {
            return byteAt(index + 1) == '{' || byteAt(index + 1) == '[';
        }
        return first == '{' || first == '[';
    }

    /** Whether a line can only be the middle or the end of something, or is empty. */
    private boolean continues(int index) {
        return switch (byteAt(index)) {
            case '}', ']', ',', ':', '\n' -> true;
            case '"' -> !begins(index);
            default -> false;
        };
    }

    private boolean awaitsMore(int lineFeed) {
        int last = trim(bytes, element, lineFeed) - 1;
        return switch (bytes[Math.max(last, 0)]) {
            case ',', '[', ':', '{' -> true;
            default -> false;
        };
    }
}
