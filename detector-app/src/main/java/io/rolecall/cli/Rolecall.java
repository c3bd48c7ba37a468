package io.rolecall.cli;

import io.rolecall.detection.Catalogue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command: the options that all commands share. */
@Command(
        name = "rolecall",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        description = "Finds planted and abused applications in Entra ID from its logs.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done; 1 --fail-on, --fail-on-diff or a test found something, or explain knows",
            "nothing of what was asked; 2 wrong usage; 3 bad configuration or policy; 4 an input could not be",
            "read (the others were), or scan or audit found no element; 5 failed while running, or did not stop",
            "cleanly."
        })
public final class Rolecall implements Runnable {

    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say more, and show where an error came from.")
    private boolean verbose;

    private @Nullable Catalogue catalogue;

    Rolecall(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
        }
    }

    /** What this command line talks to. */
    public Console console() {
        return console;
    }

    /** The detections of this run: the one catalogue, handed down from here. Not every command reads their pages. */
    public Catalogue catalogue() {
        Catalogue known = catalogue;
        if (known == null) {
            known = Catalogue.shipped();
            catalogue = known;
        }
        return known;
    }

    /** Whether a command is to say more. */
    public boolean verbose() {
        return verbose;
    }
}
