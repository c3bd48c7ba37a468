package io.rolecall.sandbox;

import io.rolecall.cli.Console;
import io.rolecall.cli.ExitCode;
import io.rolecall.cli.Rolecall;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The product at work, in about a minute and without anything to set up. */
@Command(
        name = "demo",
        description = {
            "Starts a broker in this process, the real service on it, and feeds it the bundled story at readable speed.",
            "Shows the incidents of the attacks as they grow, what happened in the worst one, and what to do about it; with"
                    + " --verbose every incident and every revision of the alerts. Ends by itself and leaves nothing behind."
        })
public final class DemoCommand implements Callable<Integer> {

    /** What a shell reports for a process that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--keep-running",
            description = "Leave broker and service up afterwards, until Ctrl-C, and say where they are.")
    private boolean keepRunning;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times faster than usual to feed the story (default ${DEFAULT-VALUE}).")
    private double speed;

    @Override
    public Integer call() throws IOException {
        return run(settings());
    }

    /** Runs it on the console of the command line. */
    int run(DemoSettings settings) throws IOException {
        Console console = root().console();
        DemoScreen screen = new DemoScreen(console);
        TerminalStyle style = new TerminalStyle(console.width(), console.colored());
        try (Interruption interruption = new Interruption()) {
            try {
                boolean right =
                        new Demo(settings, screen, style, console.clock()).run().isRight();
                if (!right) {
                    screen.tell("rolecall: other alerts or incidents came of the story than must come; they are listed"
                            + " above");
                }
                return right ? ExitCode.DONE : ExitCode.FAILED;
            } catch (InterruptedException | InterruptException e) {
                return INTERRUPTED;
            } catch (RuntimeException e) {
                if (interruption.requested()) {
                    return INTERRUPTED;
                }
                throw e;
            }
        }
    }

    private Rolecall root() {
        return (Rolecall) spec.root().userObject();
    }

    private DemoSettings settings() {
        try {
            return DemoSettings.of(speed, keepRunning, root().verbose());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
