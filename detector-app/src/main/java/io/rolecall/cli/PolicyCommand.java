package io.rolecall.cli;

import picocli.CommandLine.Command;

/** {@code policy}: the policy file. */
@Command(name = "policy", description = "Checks, prints and compares policies.", synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand extends Group {}
