package io.rolecall.cli;

import picocli.CommandLine.Command;

/** {@code config}: the configuration. */
@Command(name = "config", description = "Prints the configuration.", synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand extends Group {}
