package io.rolecall.cli;

import picocli.CommandLine.Command;

/** {@code topics}: the topics and access rights of a deployment. */
@Command(
        name = "topics",
        description = "Prints and creates the topics that a deployment needs, with the access rights of the service.",
        synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand extends Group {}
