package io.rolecall.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;

/**
 * What a command talks to.
 *
 * @param out data
 * @param err diagnostics
 * @param in what {@code -} stands for
 * @param outIsTerminal whether somebody watches {@code out}
 * @param errIsTerminal whether somebody watches {@code err}
 * @param width columns of the terminal
 * @param environment environment variables
 * @param clock the time for what is measured against now
 */
public record Console(
        PrintWriter out,
        PrintWriter err,
        InputStream in,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int width,
        Map<String, String> environment,
        Clock clock) {

    private static final int USUAL_WIDTH = 100;

    /** The console of this process. The launcher tells which streams are terminals: on newer JDKs a console proves nothing. */
    static Console ofProcess() {
        return new Console(
                new PrintWriter(System.out, false, java.nio.charset.StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8),
                System.in,
                Boolean.getBoolean("rolecall.terminal.stdout"),
                Boolean.getBoolean("rolecall.terminal.stderr"),
                Integer.getInteger("rolecall.terminal.columns", USUAL_WIDTH),
                System.getenv(),
                Clock.systemUTC());
    }

    /** Whether data may carry colours: a terminal, and no NO_COLOR (https://no-color.org). */
    public boolean colored() {
        return outIsTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
