package io.rolecall.cli;

import picocli.CommandLine.Command;

/** {@code policy}: the policy file. */
@Command(name = "policy", description = "Checks and prints the policy.", synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand extends Group {}
