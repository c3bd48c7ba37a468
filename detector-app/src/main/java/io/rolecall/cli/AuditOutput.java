package io.rolecall.cli;

import io.rolecall.audit.AuditBaseline;
import io.rolecall.audit.AuditChanges;
import io.rolecall.audit.AuditChanges.Changed;
import io.rolecall.audit.AuditEntry;
import io.rolecall.audit.AuditFormat;
import io.rolecall.audit.AuditRenderer;
import io.rolecall.policy.Severity;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which an audit is told, and the telling. */
final class AuditOutput {

    private static final int NARROW = 80;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Labels.AuditFormatConverter.class,
            description = "table, ndjson or csv. Default: table on a terminal, ndjson otherwise.")
    private @Nullable AuditFormat format;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the audit to a file.")
    private @Nullable Path output;

    @Option(
            names = "--wide",
            description =
                    "The table in the width of the terminal, with everything that is known; else 80 columns and the"
                            + " first few of each list.")
    private boolean wide;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description =
                    "An earlier audit (ndjson): only what is new, changed or gone since is told. Later use and age"
                            + " are no change.")
    private @Nullable Path baseline;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            converter = Labels.SeverityConverter.class,
            description =
                    "End with code 1 when a finding or an open alert has this severity (informational, low, medium, high,"
                            + " critical) or a higher one; with --baseline, when a new one has.")
    private @Nullable Severity failOn;

    private List<AuditEntry> before = List.of();

    /** The file of the baseline, for messages. */
    String baseline() {
        return String.valueOf(baseline);
    }

    /**
     * Reads the baseline, before the long work.
     *
     * @throws IOException when it cannot be read, or is none
     */
    void prepare() throws IOException {
        Path file = baseline;
        if (file != null) {
            before = AuditBaseline.read(file);
        }
    }

    /**
     * Tells the entries, or what differs from the baseline.
     *
     * @return whether it is what {@code --fail-on} asks for
     */
    boolean write(List<AuditEntry> entries, Console console) throws IOException {
        List<Changed> told = baseline == null
                ? entries.stream()
                        .map(entry -> new Changed(entry, entry.worst()))
                        .toList()
                : AuditChanges.since(before, entries);
        print(told.stream().map(Changed::entry).toList(), console);
        Severity bound = failOn;
        return bound != null
                && told.stream()
                        .map(Changed::news)
                        .flatMap(Optional::stream)
                        .anyMatch(worst -> worst.compareTo(bound) >= 0);
    }

    private void print(List<AuditEntry> entries, Console console) throws IOException {
        Path file = output;
        AuditFormat usual = console.outIsTerminal() && file == null ? AuditFormat.TABLE : AuditFormat.NDJSON;
        AuditRenderer renderer = (format == null ? usual : format)
                .renderer(
                        wide ? console.width() : Math.min(console.width(), NARROW),
                        wide,
                        console.colored() && file == null);
        if (file == null) {
            renderer.render(entries, console.out());
            console.out().flush();
            if (console.out().checkError()) {
                throw new IOException("standard output cannot be written to");
            }
            return;
        }
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            renderer.render(entries, out);
        }
    }
}
