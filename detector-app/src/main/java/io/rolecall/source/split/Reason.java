package io.rolecall.source.split;

import java.util.Locale;

/** Why an element went into the quarantine (contract section 3). */
public enum Reason {
    INVALID_JSON,
    TRUNCATED,
    TOO_DEEP,
    TOO_LARGE,
    NOT_AN_EVENT,
    MISSING_TIME,
    BAD_TIME,
    FUTURE,
    LATE,
    NO_IDENTITY,
    PROCESSING_ERROR;

    /** The name in the quarantine's headers and in summaries, kebab case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
