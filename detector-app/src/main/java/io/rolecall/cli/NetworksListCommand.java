package io.rolecall.cli;

import io.rolecall.deployment.NetworksTopic;
import io.rolecall.explain.Printable;
import io.rolecall.network.NetworksWriter;
import io.rolecall.schema.OrgNetwork;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code networks list}: what the topic holds. */
@Command(name = "list", description = "Lists the networks of the topic; csv and json read back with 'networks import'.")
final class NetworksListCommand implements Callable<Integer> {

    private static final String LINE = "%-24s %-24s %-24s %s%n";

    private enum Format {
        /** Columns for people. */
        TABLE,
        /** As {@code --networks} reads it. */
        CSV,
        /** As {@code --networks} reads it. */
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Rolecall root;

    @Option(names = "--format", paramLabel = "FORMAT", description = "One of ${COMPLETION-CANDIDATES}. Default: table.")
    private Format format = Format.TABLE;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Rfc3339.class,
            description = "Only those valid at this time, RFC 3339; 'now' is the present.")
    private @Nullable PointInTime at;

    @Mixin
    private ConfigOption config = new ConfigOption();

    NetworksListCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Console console = root.console();
        RunSettings settings = config.settings(root);
        settings.warnOfPlainSecrets(console.err());
        NetworksTopic.Content content = new NetworksTopic(settings.configuration()).read();
        PointInTime wanted = at;
        List<OrgNetwork> networks = content.networks().values().stream()
                .filter(network -> wanted == null || isValid(network, wanted.resolve(console.clock())))
                .toList();
        switch (format) {
            case TABLE -> table(networks, console.out());
            case CSV -> console.out().print(NetworksWriter.csv(networks));
            case JSON -> console.out().println(NetworksWriter.json(networks));
        }
        warnOfUnreadable(content, console.err());
        return ExitCode.DONE;
    }

    static void warnOfUnreadable(NetworksTopic.Content content, PrintWriter err) {
        content.unreadable()
                .forEach(position -> err.println("warning: the record at " + position
                        + " is no network; the service refuses it and keeps what it had"));
    }

    private static boolean isValid(OrgNetwork network, Instant at) {
        return !network.getValidFrom().orElse(Instant.MIN).isAfter(at)
                && network.getValidTo().orElse(Instant.MAX).isAfter(at);
    }

    private static void table(Collection<OrgNetwork> networks, PrintWriter out) {
        out.printf(LINE, "CIDR", "VALID FROM", "VALID TO", "LABEL");
        networks.forEach(network -> out.printf(
                LINE,
                network.getCidr(),
                network.getValidFrom().map(Instant::toString).orElse("always"),
                network.getValidTo().map(Instant::toString).orElse("open"),
                Printable.line(network.getLabel())));
    }
}
