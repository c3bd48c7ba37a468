package io.rolecall.source.file;

import io.rolecall.config.FileErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the arguments of a command stand for.
 *
 * @param inputs what is read, in the order of the arguments, folders in the order of their paths
 * @param notRead files of other types
 * @param unreadable arguments and folders that cannot be read, each with the cause
 */
public record LogFiles(List<Input> inputs, List<String> notRead, List<String> unreadable) {

    /** The argument that stands for standard input. */
    public static final String STDIN = "-";

    private static final List<String> ENDINGS = List.of(".json", ".ndjson", ".jsonl", ".csv", ".gz", ".zip");

    /**
     * One file to read.
     *
     * @param name name as the user knows it
     * @param path the file; {@code -} for standard input
     * @param bytes its size, 0 when unknown
     */
    public record Input(String name, Path path, long bytes) {

        public boolean isStdin() {
            return name.equals(STDIN);
        }
    }

    public LogFiles {
        inputs = List.copyOf(inputs);
        notRead = List.copyOf(notRead);
        unreadable = List.copyOf(unreadable);
    }

    /** Whether a file of that name is read, by its ending. */
    public static boolean isRead(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(lower::endsWith);
    }

    /**
     * Finds the files.
     *
     * @param arguments files, folders (searched to any depth) and {@code -}
     */
    public static LogFiles find(List<String> arguments) {
        Collector found = new Collector();
        for (String argument : arguments) {
            if (argument.equals(STDIN)) {
                found.inputs.add(new Input(STDIN, Path.of(STDIN), 0));
            } else {
                found.argument(Path.of(argument));
            }
        }
        return new LogFiles(found.inputs, found.notRead, found.unreadable);
    }

    /** Sum of the sizes, 0 when one is unknown. */
    public long totalBytes() {
        return inputs.stream().anyMatch(input -> input.bytes() == 0 && input.isStdin())
                ? 0
                : inputs.stream().mapToLong(Input::bytes).sum();
    }

    private static final class Collector {

        private final List<Input> inputs = new ArrayList<>();
        private final List<String> notRead = new ArrayList<>();
        private final List<String> unreadable = new ArrayList<>();

        private void argument(Path path) {
            if (Files.isDirectory(path)) {
                folder(path);
            } else if (!Files.exists(path)) {
                unreadable.add(path + ": no such file");
            } else {
                file(path);
            }
        }

        private void folder(Path folder) {
            List<Path> entries;
            try (Stream<Path> list = Files.list(folder)) {
                entries = list.sorted().toList();
            } catch (IOException | UncheckedIOException e) {
                unreadable.add(folder + ": cannot list the folder (" + FileErrors.cause(e) + ")");
                return;
            }
            for (Path entry : entries) {
                if (!Files.isDirectory(entry)) {
                    file(entry);
                } else if (!Files.isSymbolicLink(entry)) {
                    folder(entry);
                }
            }
        }

        private void file(Path file) {
            if (!isRead(file.toString())) {
                notRead.add(file.toString());
                return;
            }
            try {
                inputs.add(new Input(file.toString(), file, Files.size(file)));
            } catch (IOException e) {
                unreadable.add(file + ": " + FileErrors.cause(e));
            }
        }
    }
}
