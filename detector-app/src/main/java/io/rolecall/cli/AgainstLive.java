package io.rolecall.cli;

import io.rolecall.incident.PublicationRules;
import io.rolecall.inprocess.GatheredRun;
import io.rolecall.network.NetworksFile;
import io.rolecall.replay.AlertContent;
import io.rolecall.replay.Cause;
import io.rolecall.replay.Deciding;
import io.rolecall.replay.DifferenceReasons;
import io.rolecall.replay.GatheredHistory;
import io.rolecall.replay.IncidentComparison;
import io.rolecall.replay.IncidentDifference;
import io.rolecall.replay.LiveComparison;
import io.rolecall.replay.LiveDifference;
import io.rolecall.replay.LiveSettings;
import io.rolecall.replay.LiveTrial;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the comparison with live, and the comparison. */
final class AgainstLive {

    private enum What {
        /** The running service. */
        LIVE,
        /** Nothing. */
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--against",
            paramLabel = "WHAT",
            description =
                    "live: compare with the last state of live's alerts and incidents, and find the reason of every difference;"
                            + " none: do not. Default: live where its alerts can be read.")
    private @Nullable What what;

    @Option(
            names = "--fail-on-diff",
            description = "End with code 1 when a difference from live has no reason that was verified.")
    private boolean failOnDifference;

    @Option(names = "--differences", paramLabel = "FILE", description = "Write the differences to a file (NDJSON).")
    private @Nullable Path file;

    @Option(
            names = "--live-policy",
            paramLabel = "FILE",
            description = "The policy with which live decided, where it is neither this one nor the default.")
    private @Nullable Path livePolicy;

    @Option(
            names = "--live-networks",
            paramLabel = "FILE",
            description = "The networks with which live decided, where they are neither these nor those of the topic.")
    private @Nullable Path liveNetworks;

    @Option(
            names = "--live-decided",
            paramLabel = "FILE",
            description = "What live's version of this program decides over the same directory (NDJSON of its 'replay"
                    + " --resume DIR').")
    private @Nullable Path liveDecided;

    /** Whether what live says is gathered; empty: when it may be read. */
    Optional<Boolean> wanted() {
        return Optional.ofNullable(what).map(wanted -> wanted == What.LIVE);
    }

    /** Whether gathered history is compared. */
    boolean isOn(GatheredHistory history) throws IOException {
        boolean gathered = history.plan().isAgainstLive();
        if (what == What.LIVE && !gathered) {
            throw new IOException("what live says was not gathered: gather again with --against live");
        }
        return gathered && what != What.NONE;
    }

    /**
     * Compares, and tells on standard error.
     *
     * @param told which alerts are looked at
     * @return whether {@code --fail-on-diff} finds something
     */
    boolean compare(
            Rolecall root,
            RunSettings settings,
            List<OrgNetwork> networks,
            GatheredHistory history,
            Path scratch,
            GatheredRun.Decided decided,
            Predicate<Alert> told)
            throws IOException {
        List<Alert> records = new ArrayList<>();
        history.alerts(records::add);
        Map<String, Alert> ofLive = LiveComparison.last(records);
        LiveComparison comparison = LiveComparison.of(LiveComparison.last(decided.alerts()), ofLive, told);
        List<DifferenceReasons.Explained> explained = new ArrayList<>();
        Set<String> later = new TreeSet<>();
        if (!comparison.differences().isEmpty()) {
            LiveTrial trial = new LiveTrial(
                    new LiveTrial.Given(
                            settings.config(),
                            settings.policy(),
                            networks,
                            settings.catalogue(),
                            ofLive(root, history),
                            history,
                            decided.oldest(),
                            decided.newest()),
                    with -> again(root, settings, with).over(history, scratch).alerts(),
                    ofLive.values(),
                    comparison.differences());
            DifferenceReasons reasons = new DifferenceReasons(trial);
            for (LiveDifference difference : comparison.differences()) {
                if (trial.isOfLater(difference)) {
                    later.add(difference.alertId());
                } else {
                    explained.add(reasons.explain(difference));
                }
            }
        }
        PrintWriter err = root.console().err();
        DifferenceReport.tell(err, comparison.same(), later.size(), explained);
        List<IncidentDifference> incidents = List.of();
        if (history.plan().hasIncidents()) {
            IncidentComparison ofIncidents = incidents(settings, history, decided, ofLive, told, explained, later);
            DifferenceReport.tell(err, ofIncidents);
            incidents = ofIncidents.differences();
        }
        Path into = file;
        if (into != null) {
            DifferenceReport.write(explained, incidents, into);
        }
        return failOnDifference
                && Stream.concat(
                                explained.stream().map(DifferenceReasons.Explained::cause),
                                incidents.stream().map(IncidentDifference::cause))
                        .anyMatch(Cause::isOpen);
    }

    private static IncidentComparison incidents(
            RunSettings settings,
            GatheredHistory history,
            GatheredRun.Decided decided,
            Map<String, Alert> ofLive,
            Predicate<Alert> told,
            List<DifferenceReasons.Explained> explained,
            Set<String> later)
            throws IOException {
        List<Incident> published = new ArrayList<>();
        history.incidents(published::add);
        return IncidentComparison.of(
                new IncidentComparison.Given(decided.alerts(), ofLive.values(), published, told, explained, later),
                PublicationRules.of(settings.config()),
                history.plan().taken());
    }

    private static GatheredRun again(Rolecall root, RunSettings settings, Deciding.With with) {
        return new GatheredRun(
                        with.expiring() ? settings.config() : settings.config().forFiles(),
                        settings.catalogue(),
                        with.policy(),
                        with.networks(),
                        root.console().clock())
                .taking(with.taken())
                .adding(with.more());
    }

    private LiveSettings ofLive(Rolecall root, GatheredHistory history) throws IOException {
        Path networksFile = liveNetworks;
        List<OrgNetwork> networks = networksFile == null ? history.networks() : NetworksFile.read(networksFile);
        Path decidedFile = liveDecided;
        Optional<Map<String, AlertContent>> decided = Optional.empty();
        if (decidedFile != null) {
            Map<String, AlertContent> contents = new TreeMap<>();
            for (String line : Files.readAllLines(decidedFile, StandardCharsets.UTF_8)) {
                AlertContent content = AlertContent.ofLine(line);
                contents.put(content.alertId(), content);
            }
            decided = Optional.of(contents);
        }
        return new LiveSettings(PolicySettings.read(livePolicy, root).policy(), networks, decided);
    }
}
