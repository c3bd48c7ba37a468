package io.rolecall.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a command says of arguments that it cannot take, beside what the parser refuses. */
final class WrongUsage {

    private WrongUsage() {}

    /**
     * The error, for throwing.
     *
     * @param spec the command's; the parser sets it before it calls
     */
    static ParameterException of(@Nullable CommandSpec spec, String message) {
        if (spec == null) {
            throw new IllegalStateException("Not part of a command line");
        }
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * Refuses a number outside its bounds.
     *
     * @param option by which it is given; from 1
     */
    static void unlessWithin(@Nullable CommandSpec spec, String option, int value, int most) {
        if (value < 1 || value > most) {
            throw of(spec, option + " must be from 1 to " + most + ", not " + value);
        }
    }
}
