package io.rolecall.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --policy}, of every command that reads the policy. */
final class PolicyOption {

    @Option(names = "--policy", paramLabel = "FILE", description = "Policy (YAML).")
    private @Nullable Path file;

    /** The file that is named; null where none is. */
    @Nullable
    Path file() {
        return file;
    }

    /** What the file says over the defaults. */
    PolicySettings settings(Rolecall root) {
        return PolicySettings.read(file, root);
    }
}
