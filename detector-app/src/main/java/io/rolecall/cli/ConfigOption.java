package io.rolecall.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --config}, of every command that reads the configuration. */
final class ConfigOption {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration (YAML); every key also as environment variable ROLECALL_...")
    private @Nullable Path file;

    /** The file that is named; null where none is. */
    @Nullable
    Path file() {
        return file;
    }

    /** What the file and the environment say, with the policy's defaults and no networks. */
    RunSettings settings(Rolecall root) {
        return new RunSettings(file, null, null, root);
    }
}
