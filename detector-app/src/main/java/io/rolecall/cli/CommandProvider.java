package io.rolecall.cli;

import java.util.List;

/** Subcommands that another module adds; found with {@link java.util.ServiceLoader}. */
public interface CommandProvider {

    /** The commands, each an object annotated with picocli's {@code Command}; never null. */
    List<Object> commands();
}
