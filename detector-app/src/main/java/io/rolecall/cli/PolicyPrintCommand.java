package io.rolecall.cli;

import io.rolecall.policy.PolicyPrinter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policy print}: the effective policy. */
@Command(
        name = "print",
        description = "Prints the effective policy, defaults included, as a policy file that reads back to the same.")
final class PolicyPrintCommand implements Callable<Integer> {

    private final Rolecall root;

    @Mixin
    private PolicyArgument policy = new PolicyArgument();

    PolicyPrintCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        root.console().out().print(PolicyPrinter.print(policy.settings(root).policy()));
        return ExitCode.DONE;
    }
}
