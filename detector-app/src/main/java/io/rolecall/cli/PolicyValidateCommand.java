package io.rolecall.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code policy validate}: checks the policy file. */
@Command(
        name = "validate",
        description = "Checks a policy file: ends with code 3 and every problem with line and field when it"
                + " is wrong. Odd things and expired exceptions are warnings.")
final class PolicyValidateCommand implements Callable<Integer> {

    private final Rolecall root;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The policy file; --policy names it as well.")
    private @Nullable Path file;

    PolicyValidateCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        RunSettings settings = root.settings(file);
        settings.policyWarnings().forEach(warning -> root.console().err().println("warning: " + warning));
        root.console().out().println("policy ok, version " + settings.policy().version());
        return ExitCode.DONE;
    }
}
