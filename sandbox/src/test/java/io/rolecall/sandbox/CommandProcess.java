package io.rolecall.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A command of {@code rolecall} as a process that can be killed. */
public final class CommandProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final JavaProcess process;

    private CommandProcess(JavaProcess process) {
        this.process = process;
    }

    /**
     * Starts it and does not wait.
     *
     * @param output file that gets what it says, after what it holds already
     * @param arguments the command with its options
     */
    public static CommandProcess start(Path output, String... arguments) {
        List<String> command = new ArrayList<>(List.of("io.rolecall.cli.Main"));
        command.addAll(Arrays.asList(arguments));
        return new CommandProcess(JavaProcess.start(output, List.of("-Xmx512m"), command));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String output() {
        return process.output();
    }

    /** {@code kill -9}. */
    public void kill() {
        process.kill();
    }

    /** Waits until it ends by itself. */
    public int exitCode() {
        return process.exitCode(PATIENCE);
    }

    @Override
    public void close() {
        process.close();
    }
}
