package io.rolecall.cli;

import io.rolecall.detection.Catalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
            "Exit codes: 0 done; 1 --fail-on or a test found something, or explain knows nothing of what was",
            "asked; 2 wrong usage; 3 bad configuration or policy; 4 an input could not be read (the others",
            "were); 5 failed while running, or did not stop cleanly."
        })
public final class Rolecall implements Runnable {

    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Configuration (YAML); every key also as environment variable ROLECALL_...")
    private @Nullable Path config;

    @Option(
            names = "--networks",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The organisation's networks: CSV with header cidr,label[,valid_from,valid_to], or JSON.")
    private @Nullable Path networks;

    @Option(names = "--policy", paramLabel = "FILE", scope = ScopeType.INHERIT, description = "Policy (YAML).")
    private @Nullable Path policy;

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

    boolean verbose() {
        return verbose;
    }

    /** Whether the shared option names a file of networks. */
    boolean namesNetworks() {
        return networks != null;
    }

    /** Files that the shared options name: no logs, even where they lie among them. */
    List<Path> settingsFiles() {
        return Stream.of(config, networks, policy).filter(Objects::nonNull).toList();
    }

    /** What the shared options stand for, read from their files. */
    RunSettings settings() {
        return settings(policy);
    }

    /** The same with the policy file that a command names itself; the shared option's when it is null. */
    RunSettings settings(@Nullable Path policyFile) {
        return new RunSettings(config, networks, policyFile == null ? policy : policyFile, console, catalogue());
    }
}
