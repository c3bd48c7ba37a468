package io.rolecall.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --networks}, of every command that tells the organisation's addresses from others without asking a topic. */
final class NetworksOption {

    @Option(
            names = "--networks",
            paramLabel = "FILE",
            description = "The organisation's networks: CSV with header cidr,label[,valid_from,valid_to], or JSON.")
    private @Nullable Path file;

    /** The file that is named; null where none is. */
    @Nullable
    Path file() {
        return file;
    }
}
