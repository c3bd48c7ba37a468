package io.rolecall.cli;

import io.rolecall.config.FileErrors;
import io.rolecall.inprocess.Summary;
import io.rolecall.source.file.LogFileReader;
import io.rolecall.source.file.LogFiles;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.DateOrder;
import io.rolecall.source.split.DecodeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the files of a command one after the other; one that cannot be read does not keep the others from being read. */
final class FileRun {

    private final Console console;
    private final String task;
    private final List<Path> settingsFiles;
    private final @Nullable DateOrder dateOrder;
    private final boolean exports;

    /**
     * A run of a command.
     *
     * @param settings of the command; their files are no logs
     * @param task what the progress bar says is done
     * @param dateOrder how local dates are read; null when each file decides for itself
     */
    FileRun(Rolecall root, RunSettings settings, String task, @Nullable DateOrder dateOrder) {
        this(root, settings, task, dateOrder, false);
    }

    private FileRun(Rolecall root, RunSettings settings, String task, @Nullable DateOrder dateOrder, boolean exports) {
        this.exports = exports;
        this.dateOrder = dateOrder;
        this.console = root.console();
        this.task = task;
        this.settingsFiles = settings.files();
    }

    /** A run over files that hold no logs but objects of a directory. */
    static FileRun ofExports(Rolecall root, RunSettings settings, String task) {
        return new FileRun(root, settings, task, DateOrder.MONTH_FIRST, true);
    }

    /**
     * Reads all files.
     *
     * @param arguments files, folders and {@code -}
     * @param sink takes the chunks
     * @param summary what has become of the elements so far
     */
    RunReport read(List<String> arguments, Consumer<Chunk> sink, Supplier<Summary> summary) {
        LogFiles files = LogFiles.find(arguments);
        List<RunReport.FileCount> counts = new ArrayList<>();
        List<String> unreadable = new ArrayList<>(files.unreadable());
        List<String> notRead = new ArrayList<>(files.notRead());
        List<String> undecided = new ArrayList<>();
        try (Progress progress = Progress.of(console, task, files.totalBytes())) {
            int most = DecodeSettings.DEFAULT.maxElementBytes();
            LogFileReader reader = exports
                    ? LogFileReader.ofExports(most, progress::bytes)
                    : new LogFileReader(LogFileReader.CHUNK_BYTES, most, dateOrder, progress::bytes);
            Summary before = summary.get();
            for (LogFiles.Input input : files.inputs()) {
                if (isSettings(input)) {
                    notRead.add(input.name());
                    continue;
                }
                try {
                    reader.read(input, console.in(), chunk -> {
                        sink.accept(chunk);
                        progress.elements(chunk.lines().length);
                    });
                } catch (IOException e) {
                    unreadable.add(input.name() + ": " + FileErrors.cause(e));
                }
                Summary now = summary.get();
                counts.add(new RunReport.FileCount(input.name(), Sums.difference(now, before)));
                before = now;
            }
            notRead.addAll(reader.notRead());
            undecided.addAll(reader.undecidedDates());
        }
        return new RunReport(counts, notRead, unreadable, undecided);
    }

    private boolean isSettings(LogFiles.Input input) {
        Path path = input.path().toAbsolutePath().normalize();
        return settingsFiles.stream()
                .anyMatch(file -> file.toAbsolutePath().normalize().equals(path));
    }
}
