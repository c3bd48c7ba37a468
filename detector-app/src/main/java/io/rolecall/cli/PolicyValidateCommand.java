package io.rolecall.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code policy validate}: checks the policy file. */
@Command(
        name = "validate",
        description =
                "Checks the policy file named with --policy: ends with code 3 and every problem with line and field when it"
                        + " is wrong. Odd things and expired exceptions are warnings.")
final class PolicyValidateCommand implements Callable<Integer> {

    private final Rolecall root;

    PolicyValidateCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        RunSettings settings = root.settings();
        settings.policyWarnings().forEach(warning -> root.console().err().println("warning: " + warning));
        root.console().out().println("policy ok, version " + settings.policy().version());
        return ExitCode.DONE;
    }
}
