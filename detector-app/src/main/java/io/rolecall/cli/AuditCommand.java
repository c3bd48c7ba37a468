package io.rolecall.cli;

import io.rolecall.audit.Audit;
import io.rolecall.audit.AuditEntry;
import io.rolecall.config.FileErrors;
import io.rolecall.event.AvroJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit}: every known application, and what is wrong with how it is set up. */
@Command(
        name = "audit",
        description = {
            "Tells of every known application which permissions it holds, since when and by whom, its users, owners, credentials"
                    + " and redirect addresses, when it was last authorised and used, its open alerts, and what is wrong with how"
                    + " it is set up, with the remedy. What the data cannot tell is called unknown.",
            "On files (logs and exports of Microsoft Graph, in any mixture; an export alone suffices), on a directory that"
                    + " 'replay' gathered, or, without FILE, on the running service.",
            "With --baseline only what is new, changed or gone since an earlier audit."
        })
final class AuditCommand implements Callable<Integer> {

    private final Rolecall root;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    "Files (.json .ndjson .jsonl .csv .gz .zip), folders, directories that 'replay' gathered, or - for"
                            + " standard input. Without any, the running service is asked.")
    private List<String> files = List.of();

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            converter = Rfc3339.class,
            description =
                    "The time that ages and unused privileges are measured against, RFC 3339; acts after it are left out."
                            + " Default: the time of the latest event, of exports alone their time.")
    private @Nullable PointInTime asOf;

    @Option(
            names = "--tenant",
            paramLabel = "ID",
            description =
                    "The tenant of the exports; default: tenant-id of the configuration, else what the export tells,"
                            + " else the one of the logs.")
    private @Nullable String tenant;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Rfc3339.class,
            description = "When the exports were made, RFC 3339; default: when each file was written.")
    private @Nullable PointInTime at;

    @Mixin
    private AuditOutput output = new AuditOutput();

    @Mixin
    private ServiceOrFiles source = new ServiceOrFiles();

    AuditCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        source.refuseUnused(spec, files, ofExports(), "files to audit", "FILE audits files");
        try {
            output.prepare();
        } catch (IOException e) {
            root.console().err().println("rolecall: " + output.baseline() + ": " + FileErrors.cause(e));
            return ExitCode.UNREADABLE_INPUT;
        }
        return files.isEmpty() ? ofService() : ofFiles();
    }

    private List<String> ofExports() {
        List<String> given = new ArrayList<>();
        if (tenant != null) {
            given.add("--tenant");
        }
        if (at != null) {
            given.add("--at");
        }
        return given;
    }

    private int ofFiles() throws IOException {
        RunSettings settings = source.detector().settings(root);
        ImportedTenant wanted =
                new ImportedTenant(spec, tenant, settings.config().tenantId());
        AuditedFiles audited = new AuditedFiles(
                root, settings, wanted, new ExportTimes(at, root.console().clock()));
        AuditedFiles.Result result = audited.read(
                files,
                source.dateOrder().order(),
                source.detector().ofDetecting().contains("--networks"),
                until());
        if (result.isNothing()) {
            root.console()
                    .err()
                    .println("rolecall: neither a log nor an export of Microsoft Graph was found in any input;"
                            + " docs/events.md and docs/inventory.md list what is read");
            return ExitCode.UNREADABLE_INPUT;
        }
        int found = tell(result.audit(), result.exportedAt());
        return result.exitCode() == ExitCode.DONE ? found : result.exitCode();
    }

    private int ofService() throws IOException, InterruptedException {
        Audit audit = new AuditClient(source.address(root)).audit(until());
        return tell(audit, Optional.empty());
    }

    private Instant until() {
        PointInTime given = asOf;
        return given == null ? Instant.MAX : given.resolve(root.console().clock());
    }

    private int tell(Audit audit, Optional<Instant> exportedAt) throws IOException {
        Instant until = until();
        Instant time = until.equals(Instant.MAX)
                ? audit.latestEvent().or(() -> exportedAt).orElse(Instant.EPOCH)
                : until;
        List<AuditEntry> entries = audit.entries(time);
        boolean found = output.write(entries, root.console());
        PrintWriter err = root.console().err();
        err.println(entries.size() + (entries.size() == 1 ? " entry" : " entries") + " as of " + AvroJson.time(time)
                + (audit.deleted() == 0 ? "" : "; " + audit.deleted() + " deleted applications left out"));
        err.flush();
        return found ? ExitCode.FOUND : ExitCode.DONE;
    }
}
