package io.rolecall.cli;

import io.rolecall.policy.PolicyPrinter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code policy print}: the effective policy. */
@Command(
        name = "print",
        description = "Prints the effective policy, defaults included, as a policy file that reads back to the same.")
final class PolicyPrintCommand implements Callable<Integer> {

    private final Rolecall root;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The policy file; --policy names it as well.")
    private @Nullable Path file;

    PolicyPrintCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        root.console().out().print(PolicyPrinter.print(root.settings(file).policy()));
        return ExitCode.DONE;
    }
}
