package io.rolecall.explain;

/** Text from logs made safe for a terminal: log content must not move the cursor or break lines. */
public final class Printable {

    private Printable() {}

    /** The text in one line: every control character becomes a space. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
        return line.toString();
    }
}
