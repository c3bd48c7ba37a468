package io.rolecall.cli;

import io.rolecall.config.ConfigPrinter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code config print}: the effective configuration. */
@Command(
        name = "print",
        description = {
            "Prints the effective configuration, defaults included, as a configuration file that reads back to the same.",
            "A comment tells where each value comes from. Secrets are redacted; references to them are printed as they are."
        })
final class ConfigPrintCommand implements Callable<Integer> {

    private final Rolecall root;

    @Mixin
    private ConfigOption config = new ConfigOption();

    ConfigPrintCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        RunSettings settings = config.settings(root);
        settings.warnOfPlainSecrets(root.console().err());
        root.console().out().print(ConfigPrinter.print(settings.loadedConfiguration()));
        return ExitCode.DONE;
    }
}
