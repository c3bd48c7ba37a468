package io.rolecall.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration, policy or networks file is wrong; carries everything that is wrong with it. Exit code 3 of the commands. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * With everything that is wrong.
     *
     * @param problems at least one, in the order of the file
     */
    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order of the file; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
