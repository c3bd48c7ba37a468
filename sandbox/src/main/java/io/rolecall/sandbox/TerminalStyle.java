package io.rolecall.sandbox;

import io.rolecall.alert.TextWrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Columns and colours of the demo's lines.
 *
 * @param width columns of the terminal
 * @param color whether colours are wanted
 */
record TerminalStyle(int width, boolean color) {

    /** Columns of the time, which is the first. */
    static final int TIME = 14;

    /** Columns of severity or act, which is the second. */
    static final int LABEL = 15;

    private static final int NARROWEST_TEXT = 30;

    private static final String RESET = "\u001b[0m";
    private static final Map<String, String> COLORS = Map.of(
            "critical", "\u001b[1;37;41m",
            "high", "\u001b[1;31m",
            "medium", "\u001b[1;33m",
            "low", "\u001b[1;36m",
            "informational", "\u001b[34m",
            "good", "\u001b[1;32m",
            "strong", "\u001b[1m",
            "dim", "\u001b[2m");

    /** A text in a style; as it is when colours are not wanted. */
    String in(String style, String text) {
        String start = COLORS.get(style);
        return color && start != null && !text.isEmpty() ? start + text + RESET : text;
    }

    /** A text without columns, indented and wrapped, with a mark before it. */
    List<String> item(String mark, String text) {
        return indented("  " + mark + " ", text, "");
    }

    /** A text wrapped to what is left of the width beside what its first line starts with. */
    List<String> indented(String start, String text, String textStyle) {
        return indented(start, start.length(), text, textStyle);
    }

    /**
     * The same where the start holds colours.
     *
     * @param columns how many columns the start takes
     */
    List<String> indented(String start, int columns, String text, String textStyle) {
        List<String> lines = new ArrayList<>();
        String before = start;
        for (String line : TextWrap.wrap(text, Math.max(NARROWEST_TEXT, width - columns))) {
            lines.add(before + in(textStyle, line));
            before = " ".repeat(columns);
        }
        return lines;
    }

    /**
     * Lines of three columns: time, label, and text wrapped to what is left of the width.
     *
     * @param labelStyle style of the label
     * @param textStyle style of the text
     */
    List<String> row(String time, String label, String labelStyle, String text, String textStyle) {
        String start = in("dim", time)
                + " ".repeat(Math.max(1, TIME - time.length()))
                + in(labelStyle, label)
                + " ".repeat(Math.max(1, LABEL - label.length()));
        return indented(start, TIME + LABEL, text, textStyle);
    }
}
