package io.rolecall.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only groups others: on its own it is wrong usage. */
abstract class Group implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec own = spec;
        if (own == null) {
            throw new IllegalStateException("Not part of a command line");
        }
        throw new CommandLine.ParameterException(
                own.commandLine(),
                "name one of: " + String.join(", ", own.subcommands().keySet()));
    }
}
