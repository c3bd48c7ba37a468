package io.rolecall.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A folder in which commands are typed as somebody types them, to {@code sh}. The launcher in it starts the product on the class path of
 * the tests, because the distribution is not packed yet when tests run; Kafka's tool that is in it does what the real one does with the
 * options that the product names.
 */
final class Shell {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();

    Shell(Path folder) throws IOException {
        this.folder = folder;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String flags = " -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED"
                + " --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m ";
        Path tools = Files.createDirectories(folder.resolve("tools"));
        String launcher = "#!/bin/sh\nexec '" + java + "'" + flags + "${JAVA_OPTS:-} io.rolecall.cli.Main \"$@\"\n";
        write(folder.resolve("rolecall"), launcher);
        write(tools.resolve("rolecall"), launcher);
        write(
                tools.resolve("kafka-console-producer.sh"),
                "#!/bin/sh\nexec '" + java + "'" + flags + LineProducer.class.getName() + " \"$@\"\n");
        variables.put("CLASSPATH", System.getProperty("java.class.path"));
        variables.put("PATH", tools + ":" + System.getenv("PATH"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A variable of the environment of every command from now on. */
    Shell with(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** What a command has printed and how it ended. */
    record Result(int exitCode, String output) {}

    /** Types a command and waits until it ends. */
    Result run(String command) throws IOException, InterruptedException {
        try (Running running = start(command)) {
            if (!running.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(command + " has not ended; it said:\n" + running.output());
            }
            return new Result(running.process.exitValue(), running.output());
        }
    }

    /** Types a command and does not wait. */
    Running start(String command) throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        builder.environment().putAll(variables);
        return new Running(builder.start(), output);
    }

    /** A command that may still be running; it ends with this object. */
    record Running(Process process, Path file) implements AutoCloseable {

        String output() throws IOException {
            return Files.readString(file, StandardCharsets.UTF_8);
        }

        /** Ctrl-C's kinder sibling, to it and to what it has started. */
        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            try {
                process.waitFor(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
