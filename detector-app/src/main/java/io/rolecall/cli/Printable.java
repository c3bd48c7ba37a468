package io.rolecall.cli;

/** Text from logs made safe for a terminal: log content must not move the cursor or break lines. */
final class Printable {

    private Printable() {}

    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
        return line.toString();
    }
}
