package io.rolecall.cli;

import picocli.CommandLine.Command;

/** {@code detections}: the catalogue. */
@Command(
        name = "detections",
        description = "Lists, shows and tests the detections.",
        synopsisSubcommandLabel = "COMMAND")
final class DetectionsCommand extends Group {}
