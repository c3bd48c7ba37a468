package io.rolecall.cli;

import io.rolecall.deployment.NetworkChanges;
import io.rolecall.deployment.NetworksTopic;
import io.rolecall.explain.Printable;
import io.rolecall.network.NetworksFile;
import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code networks import}: the networks of a file onto the topic. */
@Command(
        name = "import",
        description = {
            "Writes the networks of a file to the topic: CSV with the header cidr,label[,valid_from,valid_to], or JSON.",
            "A file with any mistake is refused as a whole. Networks that only the topic has stay as they are."
        })
final class NetworksImportCommand implements Callable<Integer> {

    private final Rolecall root;

    @Parameters(paramLabel = "FILE", description = "CSV or JSON; - is standard input.")
    private Path file = Path.of("-");

    @Option(names = "--dry-run", description = "Say what would change, and write nothing.")
    private boolean dryRun;

    @Mixin
    private ConfigOption config = new ConfigOption();

    NetworksImportCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Console console = root.console();
        List<OrgNetwork> networks = file.toString().equals("-")
                ? NetworksFile.read("standard input", new String(console.in().readAllBytes(), StandardCharsets.UTF_8))
                : NetworksFile.read(file);
        RunSettings settings = config.settings(root);
        settings.warnOfPlainSecrets(console.err());
        NetworksTopic topic = new NetworksTopic(settings.configuration());
        NetworksTopic.Content content = topic.read();
        NetworkChanges changes = NetworkChanges.between(content.networks(), networks);
        changes.added().forEach((key, network) -> tell("added", key, network));
        changes.changed().forEach((key, network) -> tell("changed", key, network));
        if (!dryRun) {
            write(topic, changes.toWrite());
        }
        NetworksListCommand.warnOfUnreadable(content, console.err());
        console.err()
                .println((dryRun ? "Would write to " : "Wrote to ") + topic.name() + ": "
                        + changes.added().size() + " added, "
                        + changes.changed().size() + " changed, "
                        + changes.unchanged() + " unchanged; "
                        + changes.others() + " that the file does not name stay.");
        return ExitCode.DONE;
    }

    private void write(NetworksTopic topic, Map<String, OrgNetwork> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try (Progress progress = Progress.ofSteps(root.console(), "Import", entries.size())) {
            Map<String, @Nullable OrgNetwork> all = new TreeMap<>(entries);
            topic.write(all, written -> progress.step());
        }
    }

    private void tell(String what, String key, OrgNetwork network) {
        if (dryRun || root.verbose()) {
            root.console().out().println(what + "  " + key + "  " + Printable.line(network.getLabel()));
        }
    }
}
