package io.rolecall.cli;

import io.rolecall.deployment.InventoryTopic;
import io.rolecall.event.AvroJson;
import io.rolecall.explain.Printable;
import io.rolecall.inventory.InventoryExport;
import io.rolecall.inventory.InventoryExport.Fact;
import io.rolecall.inventory.ObjectKind;
import io.rolecall.schema.AppEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inventory import}: exports of Microsoft Graph onto the topic, as facts of origin {@code inventory}. */
@Command(
        name = "import",
        description = {
            "Writes applications, service principals, owners, app role assignments, directory roles and delegated permission"
                    + " grants, as Microsoft Graph, the Azure CLI, Microsoft Graph PowerShell and AzureHound write them, to the"
                    + " topic of imported facts.",
            "Import the service principals together with what they hold, which names them by their ids."
                    + " What a full audit needs and is not there is said, with the command that gets it.",
            "Nothing that is imported is an alert by itself; what is not imported again stays known."
        })
final class InventoryImportCommand implements Callable<Integer> {

    private static final long MOST_REJECTS_LISTED = 50;

    private final Rolecall root;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files (.json .ndjson .jsonl .gz .zip), folders, or - for standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--tenant",
            paramLabel = "ID",
            description =
                    "The tenant that was exported; default: tenant-id of the configuration, else what the export tells.")
    private @Nullable String tenant;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Rfc3339.class,
            description = "When it was exported, RFC 3339; default: when the file was written.")
    private @Nullable PointInTime at;

    @Option(names = "--dry-run", description = "Print the facts as lines of JSON, and write nothing.")
    private boolean dryRun;

    @Option(names = "--rejects", paramLabel = "FILE", description = "Write what cannot be used to a file (NDJSON).")
    private @Nullable Path rejectsFile;

    @Mixin
    private ConfigOption config = new ConfigOption();

    InventoryImportCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Console console = root.console();
        RunSettings settings = config.settings(root);
        ImportedTenant wanted =
                new ImportedTenant(spec, tenant, settings.config().tenantId());
        ExportTimes times = new ExportTimes(at, console.clock());
        try (Rejects rejects = new Rejects(console.err(), MOST_REJECTS_LISTED, rejectsFile)) {
            InventoryExport export = new InventoryExport(rejects::report);
            RunReport report = FileRun.ofExports(root, settings, "Read")
                    .read(files, chunk -> export.read(chunk, times.of(chunk.file())), () -> Sums.NONE);
            Map<String, Fact> facts = export.isEmpty() ? Map.of() : export.facts(wanted.among(export.tenants()));
            rejects.finish();
            report.printNotRead(console.err(), "no export");
            String target = dryRun ? print(facts) : write(settings, facts);
            console.err().println(target + ": " + counts(facts) + passedOver(export));
            printGaps(export);
            return report.exitCode();
        }
    }

    private String print(Map<String, Fact> facts) {
        facts.values().forEach(fact -> root.console().out().print(AvroJson.toLine(fact.event()) + "\n"));
        root.console().out().flush();
        return "Would write";
    }

    private String write(RunSettings settings, Map<String, Fact> facts) {
        settings.warnOfPlainSecrets(root.console().err());
        InventoryTopic topic = new InventoryTopic(settings.configuration());
        Map<String, AppEvent> entries = new LinkedHashMap<>();
        facts.forEach((key, fact) -> entries.put(key, fact.event()));
        try (Progress progress = Progress.ofSteps(root.console(), "Import", entries.size())) {
            topic.write(entries, written -> progress.step());
        }
        return "Wrote to " + topic.name();
    }

    private void printGaps(InventoryExport export) {
        List<String> gaps = export.isEmpty() ? List.of() : export.gaps();
        if (!gaps.isEmpty()) {
            root.console().err().println("For a full audit these are missing, each with what gets it:");
            gaps.forEach(gap -> root.console().err().println("  " + Printable.line(gap)));
        }
    }

    private static String counts(Map<String, Fact> facts) {
        Map<ObjectKind, Long> byKind =
                facts.values().stream().collect(Collectors.groupingBy(Fact::kind, Collectors.counting()));
        return Arrays.stream(ObjectKind.values())
                .filter(kind -> kind != ObjectKind.ORGANIZATION)
                .filter(kind -> kind.isAlwaysCounted() || byKind.containsKey(kind))
                .map(kind -> byKind.getOrDefault(kind, 0L) + " " + kind.plural())
                .collect(Collectors.joining(", "));
    }

    private static String passedOver(InventoryExport export) {
        StringBuilder passedOver = new StringBuilder();
        if (export.passedOver() > 0) {
            passedOver
                    .append("; ")
                    .append(export.passedOver())
                    .append(" role assignments of users and groups passed over");
        }
        if (!export.otherKinds().isEmpty()) {
            passedOver
                    .append("; other kinds passed over: ")
                    .append(export.otherKinds().entrySet().stream()
                            .map(kind -> kind.getValue() + " " + Printable.line(kind.getKey()))
                            .collect(Collectors.joining(", ")));
        }
        return passedOver.append('.').toString();
    }
}
