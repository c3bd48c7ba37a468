package io.rolecall.cli;

import picocli.CommandLine.Command;

/** {@code inventory}: applications that are older than the logs. */
@Command(
        name = "inventory",
        description =
                "Imports what Microsoft Graph tells of applications, so that those older than the logs are known.",
        synopsisSubcommandLabel = "COMMAND")
final class InventoryCommand extends Group {}
