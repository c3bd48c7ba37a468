package io.rolecall.cli;

import io.rolecall.source.LogDecoder;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.NeededOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decode}: what the decoder sees in log files. */
@Command(
        name = "decode",
        description = {
            "Prints what the decoder sees in log files: one normalised event a line, those included that no detection needs.",
            "Rejected elements are told on standard error with reason and position."
        })
final class DecodeCommand implements Callable<Integer> {

    private final Rolecall root;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files (.json .ndjson .jsonl .csv .gz .zip), folders, or - for standard input.")
    private List<String> files = List.of();

    @Option(names = "--rejects", paramLabel = "FILE", description = "Write the rejected elements to a file (NDJSON).")
    private @Nullable Path rejectsFile;

    @Mixin
    private DateOrderOption dateOrder = new DateOrderOption();

    @Mixin
    private ConfigOption config = new ConfigOption();

    DecodeCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Console console = root.console();
        RunSettings settings = config.settings(root);
        Instant reference = console.clock().instant();
        try (Rejects rejects = new Rejects(console.err(), Long.MAX_VALUE, rejectsFile)) {
            LogDecoder decoder = new LogDecoder(
                    settings.decodeSettings().withEverything(true),
                    NeededOperations.of(root.catalogue().operations()));
            EventLines lines = new EventLines(console.out(), rejects);
            RunReport report = new FileRun(root, settings, "decode", dateOrder.order())
                    .read(files, chunk -> decode(decoder, chunk, reference, lines), lines::summary);
            console.out().flush();
            report.print(console.err(), lines.summary());
            return report.exitCode();
        }
    }

    private void decode(LogDecoder decoder, Chunk chunk, Instant reference, EventLines lines) {
        decoder.decode(chunk, reference, lines);
        if (root.console().out().checkError()) {
            throw new UncheckedIOException(new IOException("standard output cannot be written to"));
        }
    }
}
