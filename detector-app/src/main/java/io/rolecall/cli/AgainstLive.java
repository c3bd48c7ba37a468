package io.rolecall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.explain.Printable;
import io.rolecall.inprocess.GatheredRun;
import io.rolecall.network.NetworksFile;
import io.rolecall.replay.AlertContent;
import io.rolecall.replay.Cause;
import io.rolecall.replay.DifferenceReasons;
import io.rolecall.replay.GatheredHistory;
import io.rolecall.replay.LiveComparison;
import io.rolecall.replay.LiveDifference;
import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import java.io.BufferedWriter;
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
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the comparison with live, and the comparison. */
final class AgainstLive {

    private static final ObjectMapper JSON = new ObjectMapper();

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
            description = "live: compare with the last state of live's alerts, and find the reason of every difference;"
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
        if (!comparison.differences().isEmpty()) {
            LiveTrial trial = new LiveTrial(
                    new LiveTrial.Given(
                            settings,
                            networks,
                            ofLive(root, history),
                            history,
                            settings.catalogue(),
                            root.console().clock(),
                            scratch,
                            decided.oldest(),
                            decided.newest()),
                    ofLive.values(),
                    comparison.differences());
            DifferenceReasons reasons = new DifferenceReasons(trial);
            for (LiveDifference difference : comparison.differences()) {
                explained.add(reasons.explain(difference));
            }
        }
        tell(root.console().err(), comparison, explained);
        write(explained);
        return failOnDifference
                && explained.stream().anyMatch(one -> one.cause().isOpen());
    }

    private LiveTrial.OfLive ofLive(Rolecall root, GatheredHistory history) throws IOException {
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
        return new LiveTrial.OfLive(PolicySettings.read(livePolicy, root).policy(), networks, decided);
    }

    private static void tell(PrintWriter err, LiveComparison comparison, List<DifferenceReasons.Explained> explained) {
        Map<String, Long> kinds = new TreeMap<>();
        Map<Cause, Long> causes = new TreeMap<>();
        explained.forEach(one -> {
            kinds.merge(one.difference().kind(), 1L, Long::sum);
            causes.merge(one.cause(), 1L, Long::sum);
        });
        err.println("against live: same " + comparison.same() + " · changed " + kinds.getOrDefault("changed", 0L)
                + " · new " + kinds.getOrDefault("new", 0L) + " · missing " + kinds.getOrDefault("missing", 0L));
        for (DifferenceReasons.Explained one : explained) {
            LiveDifference difference = one.difference();
            Alert alert = difference.alert();
            err.println(" " + difference.kind().toUpperCase(Locale.ROOT) + "  " + alert.getSeverity() + "  "
                    + alert.getDetection() + "  " + alert.getSubject().getId() + "  " + difference.alertId()
                    + (difference.fields().isEmpty() ? "" : "  (" + String.join(", ", difference.fields()) + ")")
                    + "  " + one.cause().label() + ": " + Printable.line(one.because()));
        }
        causes.forEach((cause, count) -> err.println("differences because of " + cause.label() + ": " + count));
    }

    private void write(List<DifferenceReasons.Explained> explained) throws IOException {
        Path into = file;
        if (into == null) {
            return;
        }
        try (BufferedWriter out = Files.newBufferedWriter(into, StandardCharsets.UTF_8)) {
            for (DifferenceReasons.Explained one : explained) {
                LiveDifference difference = one.difference();
                ObjectNode line = JSON.createObjectNode();
                line.put("alertId", difference.alertId());
                line.put("difference", difference.kind());
                line.put("detection", difference.alert().getDetection());
                line.put("subject", difference.alert().getSubject().getId());
                line.put("reason", one.cause().label());
                line.put("because", one.because());
                ArrayNode fields = line.putArray("fields");
                difference.fields().forEach(fields::add);
                out.write(JSON.writeValueAsString(line));
                out.write('\n');
            }
        }
    }
}
