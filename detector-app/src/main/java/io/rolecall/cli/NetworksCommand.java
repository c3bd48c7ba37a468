package io.rolecall.cli;

import picocli.CommandLine.Command;

/** {@code networks}: the organisation's networks on their topic. */
@Command(
        name = "networks",
        description = "Imports, lists and ends the organisation's networks on their topic.",
        synopsisSubcommandLabel = "COMMAND")
final class NetworksCommand extends Group {}
