package io.rolecall.alert;

import java.util.ArrayList;
import java.util.List;

/** Breaks text from logs into lines of a terminal. */
public final class TextWrap {

    private TextWrap() {}

    /**
     * Wraps at spaces, and inside words that are longer than a line. Control and format characters become spaces, so that a name
     * in a log can neither colour nor overwrite the terminal.
     *
     * @param width most code points a line, at least 1
     * @return at least one line
     */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : clean(text).split(" ", -1)) {
            String rest = word;
            int length = rest.codePointCount(0, rest.length());
            if (used > 0 && used + 1 + length > width) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            while (length > width) {
                int cut = rest.offsetByCodePoints(0, width);
                lines.add(rest.substring(0, cut));
                rest = rest.substring(cut);
                length = rest.codePointCount(0, rest.length());
            }
            if (length > 0) {
                line.append(used > 0 ? " " : "").append(rest);
                used += length + (used > 0 ? 1 : 0);
            }
        }
        if (used > 0 || lines.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().map(point -> isPrintable(point) ? point : ' ').forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
