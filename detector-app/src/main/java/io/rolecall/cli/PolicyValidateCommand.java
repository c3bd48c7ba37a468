package io.rolecall.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policy validate}: checks the policy file. */
@Command(
        name = "validate",
        description = "Checks a policy file: ends with code 3 and every problem with line and field when it"
                + " is wrong. Odd things and expired exceptions are warnings.")
final class PolicyValidateCommand implements Callable<Integer> {

    private final Rolecall root;

    @Mixin
    private PolicyArgument policy = new PolicyArgument();

    PolicyValidateCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        PolicySettings settings = policy.settings(root);
        settings.warn(root.console().err());
        root.console().out().println("policy ok, version " + settings.policy().version());
        return ExitCode.DONE;
    }
}
