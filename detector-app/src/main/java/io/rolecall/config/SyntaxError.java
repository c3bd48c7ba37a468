package io.rolecall.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Why a text is no YAML or JSON, with the line to look at and the whole reason in one line. */
record SyntaxError(int line, String reason) {

    /** What the parser of YAML says of a key that is no text; the rest of its sentence names its own classes. */
    private static final String NO_TEXT_AS_KEY = "Expected a field name";

    /** A hint that the parser adds whatever the character is. */
    private static final Pattern NO_TAB = Pattern.compile(" ?\\(Do not use [^\t\\\\].* for indentation\\)");

    /** What a parser says of an error. */
    static SyntaxError of(JsonProcessingException error, String text) {
        if (error.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return of(marked, text);
        }
        if (error.getCause() instanceof ReaderException character) {
            return new SyntaxError(
                    lineOf(character.getCodePoint(), text),
                    String.format(Locale.ROOT, "YAML does not take the character U+%04X", character.getCodePoint()));
        }
        int line = error.getLocation() == null
                ? 0
                : Math.max(0, error.getLocation().getLineNr());
        String message = String.valueOf(error.getOriginalMessage());
        return new SyntaxError(
                line,
                message.startsWith(NO_TEXT_AS_KEY)
                        ? "a key must be a text, not a list or a mapping"
                        : oneLine(message));
    }

    /**
     * The parser names what is wrong where it noticed, and what it was reading, which may begin lines before. What is never closed is
     * noticed at the end of the file, and mended where it begins.
     */
    private static SyntaxError of(MarkedYAMLException error, String text) {
        Mark noticed = error.getProblemMark();
        Mark begun = error.getContextMark();
        String context = error.getContext() == null ? "" : oneLine(error.getContext());
        String problem = oneLine(String.valueOf(error.getProblem()));
        int line = noticed.getLine() + 1;
        if (begun == null || begun.getLine() == noticed.getLine()) {
            return new SyntaxError(
                    line,
                    problem + " (column " + (noticed.getColumn() + 1) + (context.isEmpty() ? "" : ", " + context)
                            + ")");
        }
        if (noticed.getLine() >= lines(text)) {
            return new SyntaxError(
                    begun.getLine() + 1,
                    context + " that begins in column " + (begun.getColumn() + 1) + " and is not closed: " + problem
                            + " (line " + line + ")");
        }
        return new SyntaxError(
                line,
                problem + " (column " + (noticed.getColumn() + 1) + ", " + context + " that begins in line "
                        + (begun.getLine() + 1) + ")");
    }

    /** The line of the first such character, which the parser does not tell. */
    private static int lineOf(int character, String text) {
        int index = Math.max(0, text.indexOf(character));
        return 1
                + (int) text.substring(0, index)
                        .chars()
                        .filter(other -> other == '\n')
                        .count();
    }

    /** Lines with something on them, up to the last; what lies behind is the end of the file. */
    private static long lines(String text) {
        return text.stripTrailing().lines().count();
    }

    private static String oneLine(String message) {
        return NO_TAB.matcher(message)
                .replaceAll("")
                .replaceAll("\\s*\\R\\s*", " ")
                .strip();
    }
}
