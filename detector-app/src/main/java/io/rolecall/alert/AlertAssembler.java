package io.rolecall.alert;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.DetectionPage;
import io.rolecall.detection.Finding;
import io.rolecall.detection.RiskReason;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.ExceptionMatcher;
import io.rolecall.policy.PolicyException;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.AlertSubject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Investigation;
import io.rolecall.schema.Technique;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns findings into alerts (contract section 5). Pure: an alert is a function of the finding, the history, the networks and the
 * policy. Its content also depends on facts that are no evidence (sign-ins, use, names, what happened afterwards) within
 * {@link #CONTENT_BEFORE} and {@link #CONTENT_AFTER} of the deciding events, and on the profile: an alert must be assembled anew
 * when such a fact comes, also one that no detection reads.
 */
public final class AlertAssembler {

    /** How far before the first deciding event facts still enter an alert. */
    public static final Duration CONTENT_BEFORE = Investigator.BEFORE;

    /** How far after the last deciding event facts still enter an alert. */
    public static final Duration CONTENT_AFTER = Investigator.AFTER;

    private AlertAssembler() {}

    /**
     * The alert of a finding, as revision 1, without {@code changeSummary} and {@code emittedAt}.
     *
     * @param page of the detection whose finding it is
     * @param input what the finding was made from
     * @param origin {@code live}, {@code replay} or {@code scan}
     */
    public static Alert assemble(DetectionPage page, Finding finding, DetectionInput input, String origin) {
        Severity severity = input.settings().severity().orElse(finding.severity());
        Optional<AlertApplication> application = ApplicationCard.of(input.history(), finding);
        List<AlertActor> actors = AlertParts.actors(finding);
        List<AlertPermission> permissions = AlertParts.permissions(finding, input);
        List<AppEvent> decidedBy = ordered(finding.decidedBy());
        Instant first = Micros.of(
                decidedBy.isEmpty() ? finding.anchorTime() : decidedBy.get(0).getEventTime());
        Alert.Builder alert = identified(page, input, finding.anchor());
        alert.setTitle(finding.title()
                + application
                        .flatMap(AlertApplication::getDisplayName)
                        .map(name -> ": " + name)
                        .orElse(""));
        Investigator.Report report = Investigator.investigate(finding, input);
        Optional<Investigation> investigation = report.investigation();
        alert.setExplanation(finding.explanation()
                + investigation
                        .flatMap(Investigation::getExposedUsers)
                        .map(exposed -> " Exposed: "
                                + Exposure.words(exposed, decidedBy.stream().map(AppEvent::getOperation)) + ".")
                        .orElse(""));
        alert.setSeverity(severity.label());
        alert.setConfidence(finding.confidence().label());
        alert.setApplication(application.orElse(null));
        alert.setActors(actors);
        alert.setPermissions(permissions);
        alert.setFirstEventTime(first);
        alert.setLastEventTime(Micros.of(
                decidedBy.isEmpty()
                        ? finding.anchorTime()
                        : decidedBy.get(decidedBy.size() - 1).getEventTime()));
        alert.setEvidence(decidedBy.stream()
                .limit(Finding.MOST_EVIDENCE)
                .map(AlertParts::evidence)
                .toList());
        alert.setEvidenceCount(Math.toIntExact(Math.min(finding.decidedByCount(), Integer.MAX_VALUE)));
        alert.setInvestigation(investigation.orElse(null));
        List<RiskReason> reasons = RiskReasons.of(
                finding,
                input,
                new RiskReasons.Shown(application, actors, permissions, investigation, report.usedSince(), first));
        alert.setRiskScore(RiskReasons.score(severity, reasons));
        alert.setRiskReasons(reasons.stream().map(RiskReason::text).toList());
        alert.setContainment(ContainmentPlan.of(finding, severity, application, actors));
        alert.setFalsePositiveHints(page.harmless());
        alert.setOrigin(origin);
        Optional<PolicyException> exception = new ExceptionMatcher(input.policy())
                .suppressing(
                        page.id(), input.history().subject().tenantId(), application, actors, alert.getLastEventTime());
        alert.setSuppressedBy(exception.map(PolicyException::id).orElse(null));
        alert.setStatus(exception.isPresent() ? "suppressed" : finding.contained() ? "contained" : "open");
        return alert.build();
    }

    /**
     * The last word on an alert that later facts refuted. It depends only on the alert's id, the detection and the policy, so that
     * it does not matter which revisions came before: the title is the detection's, the severity the policy's or the detection's
     * default, and there are no deciding events left (no evidence, no actors, both times 1970-01-01T00:00:00Z, which the renderers
     * leave out).
     *
     * @param last any earlier revision
     * @param page of the detection whose alert it was
     * @param input what it is refuted by
     * @param because why it no longer holds, a function of the facts
     */
    public static Alert withdrawn(Alert last, DetectionPage page, DetectionInput input, String because) {
        Severity severity = input.settings().severity().orElse(page.severity());
        String appId = ApplicationCard.appId(input.history().subject());
        return identified(page, input, List.of())
                .setAlertId(last.getAlertId())
                .setGroupKey(groupKey(input.history().subject(), last.getAlertId()))
                .setStatus("withdrawn")
                .setWithdrawnBecause(because)
                .setTitle(page.title())
                .setExplanation(because)
                .setSeverity(severity.label())
                .setConfidence("high")
                .setRiskScore(severity.baseScore())
                .setApplication(
                        appId == null
                                ? null
                                : AlertApplication.newBuilder().setAppId(appId).build())
                .setFirstEventTime(Instant.EPOCH)
                .setLastEventTime(Instant.EPOCH)
                .setEvidenceCount(0)
                .setOrigin(last.getOrigin())
                .build();
    }

    private static Alert.Builder identified(DetectionPage page, DetectionInput input, List<String> anchor) {
        Subject subject = input.history().subject();
        String alertId = AlertIds.of(page.id(), subject.tenantId(), subject.id(), anchor);
        List<String> links = new ArrayList<>();
        links.add("docs/detections/" + page.id() + ".md");
        links.addAll(page.references());
        return Alert.newBuilder()
                .setAlertId(alertId)
                .setGroupKey(groupKey(subject, alertId))
                .setRevision(1)
                .setDetection(page.id())
                .setDetectionVersion(page.version())
                .setTenantId(subject.tenantId())
                .setSubject(new AlertSubject(subject.kind().label(), subject.id()))
                .setAttack(page.attack().stream()
                        .map(pair -> new Technique(pair.tactic(), pair.technique()))
                        .toList())
                .setLinks(links)
                .setPolicyVersion(input.policy().version())
                .setNetworksVersion(input.networks().version());
    }

    /** One incident an application; what people and tenants did has no such bracket. */
    private static String groupKey(Subject subject, String alertId) {
        return subject.kind() == SubjectKind.APPLICATION ? subject.tenantId() + "/" + subject.id() : alertId;
    }

    private static List<AppEvent> ordered(List<AppEvent> acts) {
        return acts.stream().sorted(Facts.ORDER).toList();
    }
}
