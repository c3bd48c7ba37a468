package io.rolecall.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Runs a command as its process would, away from a terminal. */
final class TestConsole {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private TestConsole() {}

    /** The exit code; what is written is added to the two writers. */
    static int run(
            StringWriter out, StringWriter err, Map<String, String> environment, String stdin, String... arguments) {
        return run(CLOCK, out, err, environment, stdin, arguments);
    }

    /** The same at another time, which must not lie before the events. */
    static int run(
            Clock clock,
            StringWriter out,
            StringWriter err,
            Map<String, String> environment,
            String stdin,
            String... arguments) {
        Console console = new Console(
                new PrintWriter(out),
                new PrintWriter(err),
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                false,
                false,
                100,
                environment,
                clock);
        int code = Main.commandLine(console).execute(arguments);
        console.out().flush();
        console.err().flush();
        return code;
    }
}
