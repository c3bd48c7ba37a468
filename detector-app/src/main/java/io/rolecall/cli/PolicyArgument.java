package io.rolecall.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The policy file of the commands that are about nothing else: as their argument, or as other commands take it. */
final class PolicyArgument {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The policy file. Default: an empty one.")
    private @Nullable Path file;

    @Option(names = "--policy", paramLabel = "FILE", description = "The same as FILE.")
    private @Nullable Path option;

    /**
     * What the file says over the defaults.
     *
     * @throws ParameterException when two files are named
     */
    PolicySettings settings(Rolecall root) {
        if (file != null && option != null) {
            throw WrongUsage.of(spec, "FILE and --policy both name the policy: give one of them");
        }
        return PolicySettings.read(file == null ? option : file, root);
    }
}
