package io.rolecall.deployment;

import io.rolecall.cli.Console;
import io.rolecall.cli.Main;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * One run of the command line in this process.
 *
 * @param exitCode its exit code
 * @param out what it printed
 * @param err what it said
 */
public record CommandLineRun(int exitCode, String out, String err) {

    /** The present of the commands, where they ask for it. */
    static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    /**
     * Runs the command line.
     *
     * @param environment environment variables of the run
     * @param arguments the command with its options
     */
    public static CommandLineRun of(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                InputStream.nullInputStream(),
                false,
                false,
                100,
                environment,
                Clock.fixed(NOW, ZoneOffset.UTC));
        int exitCode = Main.commandLine(console).execute(arguments);
        console.out().flush();
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }
}
