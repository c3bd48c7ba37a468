package io.rolecall.cli;

import io.rolecall.audit.ApplicationReader;
import io.rolecall.audit.Audit;
import io.rolecall.audit.GoneUsers;
import io.rolecall.audit.TenantReader;
import io.rolecall.event.SubjectKind;
import io.rolecall.inprocess.FeedAhead;
import io.rolecall.inprocess.GatheredRun;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.replay.GatheredHistory;
import io.rolecall.replay.PlanFile;
import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.DateOrder;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Audits what lies in files: logs, exports of Microsoft Graph, and history that {@code replay} gathered. */
final class AuditedFiles {

    private static final long MOST_REJECTS_LISTED = 20;

    private final Rolecall root;
    private final RunSettings settings;
    private final ImportedTenant wanted;
    private final ExportTimes times;

    /**
     * What was read.
     *
     * @param audit everything known
     * @param exportedAt when the latest export was made
     * @param isNothing whether there was neither an element of a log nor an object of an export
     * @param exitCode as far as reading goes
     */
    record Result(Audit audit, Optional<Instant> exportedAt, boolean isNothing, int exitCode) {}

    AuditedFiles(Rolecall root, RunSettings settings, ImportedTenant wanted, ExportTimes times) {
        this.root = root;
        this.settings = settings;
        this.wanted = wanted;
        this.times = times;
    }

    /**
     * Reads them.
     *
     * @param order how local dates are read; null when each file decides
     * @param ownNetworks whether networks are given, which then count before those that were gathered
     * @param until what happened later is left out
     */
    Result read(List<String> inputs, @Nullable DateOrder order, boolean ownNetworks, Instant until) throws IOException {
        List<Path> gathered = inputs.stream()
                .filter(input -> !input.equals("-"))
                .map(Path::of)
                .filter(PlanFile::isIn)
                .toList();
        List<String> files = inputs.stream()
                .filter(input -> input.equals("-") || !gathered.contains(Path.of(input)))
                .toList();
        try (Rejects rejects = new Rejects(root.console().err(), MOST_REJECTS_LISTED, null)) {
            AuditedExport export = new AuditedExport(times, rejects::report);
            GoneUsers gone = new GoneUsers(
                    settings.decodeSettings(), root.console().clock().instant(), until);
            try (InProcessDetector detector = open(gathered, ownNetworks, export, until);
                    FeedAhead feed = detector.ahead()) {
                RunReport report = new FileRun(root, settings, "audit", order)
                        .read(
                                files,
                                chunk -> {
                                    if (!export.takes(chunk)) {
                                        feed.take(chunk);
                                        gone.read(chunk);
                                    }
                                    refused(detector, until).forEach(rejects::report);
                                },
                                feed::summary);
                feedExports(detector, export);
                List<Alert> alerts = detector.finish();
                rejects.finish();
                report.print(root.console().err(), detector.summary());
                Audit audit = new Audit();
                new AuditedHistories(detector.stores(), alerts)
                        .read(
                                audit,
                                new ApplicationReader(settings.policy(), until, gone.all()),
                                new TenantReader(until),
                                export);
                return new Result(
                        audit,
                        export.latest(),
                        detector.summary().in() == 0 && export.latest().isEmpty(),
                        report.exitCode());
            }
        }
    }

    private void feedExports(InProcessDetector detector, AuditedExport export) {
        if (export.isAny()) {
            Set<String> ofLogs = new AuditedHistories(detector.stores(), List.of()).tenants();
            int facts = export.feed(detector, wanted.orOfLogs(export.tenants(), ofLogs));
            root.console().err().println("exports of Microsoft Graph: " + facts + (facts == 1 ? " fact" : " facts"));
        }
    }

    /** What could not be read; that an event is later than was asked for is no trouble. */
    private static List<Rejected> refused(InProcessDetector detector, Instant until) {
        return detector.drainRejected().stream()
                .filter(one -> until.equals(Instant.MAX) || one.reason() != Reason.FUTURE)
                .toList();
    }

    private InProcessDetector open(List<Path> gathered, boolean ownNetworks, AuditedExport export, Instant until)
            throws IOException {
        if (gathered.isEmpty()) {
            settings.warn(root.console().err());
            boolean past = until.isBefore(root.console().clock().instant());
            Set<SubjectKind> inFull = Set.of(SubjectKind.TENANT);
            return past ? settings.detectorUntil(until, inFull) : settings.detector(inFull);
        }
        GatheredHistory history = GatheredHistory.open(gathered, ReplayRange.decoding(settings));
        history.imported().forEach(one -> export.add(one.fact(), Instant.ofEpochMilli(one.millis())));
        List<OrgNetwork> networks = ownNetworks ? settings.networks() : history.networks();
        settings.warn(root.console().err(), networks);
        return new GatheredRun(
                        settings.config().forFiles(),
                        settings.catalogue(),
                        settings.policy(),
                        networks,
                        root.console().clock())
                .taking(element -> !element.time().isAfter(until))
                .open(history, gathered.get(0));
    }
}
