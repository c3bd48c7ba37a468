package io.rolecall.config;

import java.util.regex.Pattern;

/** What an exception says, in words for people: never the name of its class, which only somebody with the sources can use. */
public final class ErrorWords {

    /** What every operating system here says of a full disk or a spent quota, whatever library passes it on. */
    private static final Pattern FULL = Pattern.compile("No space left on device|Disk quota exceeded");

    /** Names of exceptions that an outer message quotes from an inner one. */
    private static final Pattern NAMES =
            Pattern.compile("\\b(?:[a-z][a-zA-Z0-9_]*\\.)+[A-Z][A-Za-z0-9_$]*(?:Exception|Error|Throwable)\\b(?:: )?");

    private ErrorWords() {}

    /** Its message without names of exceptions; of one without a message that it has none. Never blank. */
    public static String of(Throwable error) {
        String said = error.getMessage() == null ? "" : plain(error.getMessage());
        return said.isEmpty() ? "an error that says nothing" : said;
    }

    /** A message in one line without names of exceptions. */
    public static String plain(String message) {
        return withoutNames(message).replaceAll("\\s*\\R\\s*", " ").strip();
    }

    /** A message as it is, but for names of exceptions that it quotes. */
    public static String withoutNames(String message) {
        return NAMES.matcher(message).replaceAll("");
    }

    /** Whether it tells of a disk that takes no more. */
    public static boolean isFullDisk(Throwable error) {
        return error.getMessage() != null && FULL.matcher(error.getMessage()).find();
    }
}
