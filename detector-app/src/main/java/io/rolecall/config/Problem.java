package io.rolecall.config;

/**
 * One thing wrong in a file that people write.
 *
 * @param source name of the file, or {@code environment}
 * @param line line of the offending value, from 1; 0 when there is none
 * @param field path of the field, for example {@code detections.consent-burst.window}; empty for the file as a whole
 * @param message what is wrong, with the value and the allowed values
 */
public record Problem(String source, int line, String field, String message) {

    /** One line for people: {@code file:line: field: message}. */
    @Override
    public String toString() {
        return source + (line > 0 ? ":" + line : "") + ": " + (field.isEmpty() ? "" : field + ": ") + message;
    }
}
