package io.rolecall.cli;

import io.rolecall.deployment.DeploymentException;
import io.rolecall.deployment.NetworksTopic;
import io.rolecall.deployment.Shortcoming;
import io.rolecall.explain.Printable;
import io.rolecall.network.Cidr;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.schema.OrgNetwork;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code networks remove}: ends a network, or takes a wrong entry back. */
@Command(
        name = "remove",
        description = {
            "Ends a network: from a time on its addresses are no longer the organisation's. Events before that keep it.",
            "With --entry the entry is deleted as if it had never been: only for one that was wrong."
        })
final class NetworksRemoveCommand implements Callable<Integer> {

    private final Rolecall root;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CIDR", description = "The range as listed.")
    private String cidr = "";

    @Option(
            names = "--valid-from",
            paramLabel = "TIME",
            converter = Rfc3339.class,
            description = "Of several entries of the range, the one that begins then.")
    private @Nullable PointInTime validFrom;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Rfc3339.class,
            description = "When it ends, RFC 3339. Default: now.")
    private @Nullable PointInTime at;

    @Option(names = "--entry", description = "Delete the entry, which was wrong, also for events of the past.")
    private boolean entry;

    @Mixin
    private ConfigOption config = new ConfigOption();

    NetworksRemoveCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (entry && at != null) {
            throw WrongUsage.of(spec, "--at ends a network and --entry deletes a wrong entry: give one of them");
        }
        String range = Cidr.canonical(cidr)
                .orElseThrow(
                        () -> WrongUsage.of(
                                spec,
                                "'" + Printable.line(cidr)
                                        + "' is no address range; wanted: for example 203.0.113.0/24, without bits beyond the prefix"));
        RunSettings settings = config.settings(root);
        settings.warnOfPlainSecrets(root.console().err());
        NetworksTopic topic = new NetworksTopic(settings.configuration());
        Instant end = (at == null ? new PointInTime(null) : Objects.requireNonNull(at))
                .resolve(root.console().clock());
        OrgNetwork network = choose(range, topic);
        String key = PrefixAddressTable.key(network);
        if (entry) {
            topic.write(Collections.singletonMap(key, null), written -> {});
            root.console().err().println("Deleted the entry " + key + ".");
            return ExitCode.DONE;
        }
        if (!end.isAfter(network.getValidFrom().orElse(Instant.MIN))) {
            throw WrongUsage.of(
                    spec, "the network " + key + " begins only then or later; --entry deletes a wrong entry");
        }
        OrgNetwork ended = new OrgNetwork(
                network.getCidr(), network.getLabel(), network.getValidFrom().orElse(null), end);
        topic.write(Collections.singletonMap(key, ended), written -> {});
        root.console().err().println("Ended " + key + " at " + end + ".");
        return ExitCode.DONE;
    }

    private OrgNetwork choose(String range, NetworksTopic topic) {
        PointInTime beginning = validFrom;
        List<OrgNetwork> entries = topic.read().networks().values().stream()
                .filter(network -> network.getCidr().equals(range))
                .filter(network -> beginning == null
                        || network.getValidFrom()
                                .filter(beginning.resolve(root.console().clock())::equals)
                                .isPresent())
                .toList();
        List<OrgNetwork> open = entries.stream()
                .filter(network -> network.getValidTo().isEmpty())
                .toList();
        List<OrgNetwork> candidates = entries.size() > 1 && open.size() == 1 && !entry ? open : entries;
        if (candidates.isEmpty()) {
            throw new DeploymentException(
                    Shortcoming.error(
                            "the topic " + topic.name() + " has no entry of " + range
                                    + (beginning == null ? "" : " that begins at that time"),
                            "'rolecall networks list' shows what it has"),
                    null);
        }
        if (candidates.size() > 1) {
            throw WrongUsage.of(
                    spec,
                    range + " has several entries, choose with --valid-from: "
                            + candidates.stream().map(PrefixAddressTable::key).collect(Collectors.joining(", ")));
        }
        return candidates.get(0);
    }
}
