package io.rolecall.cli;

import io.rolecall.config.ErrorWords;
import io.rolecall.config.HttpLimits;
import io.rolecall.config.ProcessDirectory;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Entry of the program: puts the command line together and ends the process with its exit code. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process. */
    public static void main(String[] arguments) {
        HttpLimits.set(); // before whatever else might use a class of the JDK's HTTP server
        ProcessDirectory.prepare();
        Console console = Console.ofProcess();
        int exitCode = execute(console, arguments);
        console.out().flush();
        console.err().flush();
        System.exit(exitCode);
    }

    private static int execute(Console console, String... arguments) {
        try {
            return commandLine(console).execute(arguments);
        } catch (OutOfMemoryError e) {
            console.err().println("rolecall: the memory is used up; JAVA_OPTS=-Xmx4g gives it more");
            return ExitCode.FAILED;
        }
    }

    /** The command line over a console, with the commands of other modules. */
    public static CommandLine commandLine(Console console) {
        Rolecall root = new Rolecall(console);
        CommandLine line = new CommandLine(root)
                .addSubcommand(new RunCommand(root))
                .addSubcommand(new ScanCommand(root))
                .addSubcommand(new ReplayCommand(root))
                .addSubcommand(new DecodeCommand(root))
                .addSubcommand(new ExplainCommand(root))
                .addSubcommand(new AuditCommand(root))
                .addSubcommand(new CommandLine(new DetectionsCommand())
                        .addSubcommand(new DetectionsListCommand(root))
                        .addSubcommand(new DetectionsShowCommand(root))
                        .addSubcommand(new DetectionsTestCommand(root)))
                .addSubcommand(new CommandLine(new PolicyCommand())
                        .addSubcommand(new PolicyValidateCommand(root))
                        .addSubcommand(new PolicyPrintCommand(root))
                        .addSubcommand(new PolicyDiffCommand(root)))
                .addSubcommand(new CommandLine(new NetworksCommand())
                        .addSubcommand(new NetworksImportCommand(root))
                        .addSubcommand(new NetworksListCommand(root))
                        .addSubcommand(new NetworksRemoveCommand(root)))
                .addSubcommand(new CommandLine(new InventoryCommand()).addSubcommand(new InventoryImportCommand(root)))
                .addSubcommand(new CommandLine(new TopicsCommand())
                        .addSubcommand(new TopicsPrintCommand(root))
                        .addSubcommand(new TopicsCreateCommand(root)))
                .addSubcommand(new CommandLine(new ConfigCommand()).addSubcommand(new ConfigPrintCommand(root)))
                .addSubcommand(new GenerateCompletion());
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            List<Object> commands = provider.commands();
            commands.forEach(line::addSubcommand);
        }
        return line.setOut(console.out())
                .setErr(console.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.colored() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.max(80, Math.min(console.width(), 120)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler((error, command, parsed) -> failed(error, root));
    }

    private static int wrongUsage(CommandLine.ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        Optional<String> foreign = ForeignOption.message(error);
        err.println("rolecall: " + foreign.orElseGet(() -> ErrorWords.plain(String.valueOf(error.getMessage()))));
        if (foreign.isEmpty()) {
            CommandLine.UnmatchedArgumentException.printSuggestions(error, err);
        }
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.WRONG_USAGE;
    }

    private static int failed(Exception error, Rolecall root) {
        return new Failure(error).report(root.console().err(), root.verbose());
    }
}
