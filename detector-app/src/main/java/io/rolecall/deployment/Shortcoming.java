package io.rolecall.deployment;

/**
 * Something about the broker that is missing or wrong.
 *
 * @param severity whether the service can run with it
 * @param message what is wrong, and where
 * @param remedy what mends it, with the command where there is one
 */
public record Shortcoming(Severity severity, String message, String remedy) {

    /** How bad it is. */
    public enum Severity {
        /** The service cannot run, or would lose something. */
        ERROR,
        /** The service runs; somebody should look. */
        WARNING
    }

    /** One with which the service cannot run. */
    public static Shortcoming error(String message, String remedy) {
        return new Shortcoming(Severity.ERROR, message, remedy);
    }

    /** One that somebody should look at. */
    public static Shortcoming warning(String message, String remedy) {
        return new Shortcoming(Severity.WARNING, message, remedy);
    }

    /** Whether the service cannot run with it. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return message + "; " + remedy;
    }
}
