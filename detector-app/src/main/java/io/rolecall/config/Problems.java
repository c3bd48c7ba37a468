package io.rolecall.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, and what is merely odd, while one file is read, so that all of it is reported at once. */
public final class Problems {

    private final String source;
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    /**
     * For one file.
     *
     * @param source its name, as shown to people
     */
    public Problems(String source) {
        this.source = source;
    }

    /** Adds an error; {@code line} is 0 when there is none. */
    public void error(int line, String field, String message) {
        errors.add(new Problem(source, line, field, message));
    }

    /** Adds a warning; {@code line} is 0 when there is none. */
    public void warning(int line, String field, String message) {
        warnings.add(new Problem(source, line, field, message));
    }

    /** Takes over an error that came from elsewhere, for example from the environment. */
    public void add(Problem error) {
        errors.add(error);
    }

    /** The warnings so far, in the order of the file. */
    public List<Problem> warnings() {
        return sorted(warnings);
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigurationException with every error, when there is any
     */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ConfigurationException(sorted(errors));
        }
    }

    private static List<Problem> sorted(List<Problem> problems) {
        return problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }
}
