package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.FindingBuilder;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AzureAbuseKind;
import io.rolecall.detection.read.AzureAssignments;
import io.rolecall.detection.read.AzureReason;
import io.rolecall.detection.read.AzureUse;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.RiskyAccess;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An application that was given a role lately, or against which there is a finding, takes data out of Azure, runs code or destroys. */
public final class AzureAbuseAfterGrant implements Detection {

    private static final Param<Duration> WITHIN = Param.duration(
            "within",
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "How long an Azure role or an application role counts as new.");
    private static final Param<Duration> FINDING = Param.duration(
            "finding-within",
            Duration.ofDays(30),
            Duration.ofMinutes(1),
            Duration.ofDays(365),
            "How long a risky grant or credential counts, and a dangerous Azure role that is still held.");
    private static final Param<Integer> SECRETS =
            Param.number("secrets", 10, 1, 64, "Fewest different secrets that are many.");
    private static final Param<Integer> DELETIONS =
            Param.number("deletions", 10, 1, 64, "Fewest different resources whose deletion is one of many.");
    private static final Param<Duration> BURST = Param.duration(
            "burst-within",
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            "Within how long, in whole ten-minute slots of UTC, so many secrets are read or resources deleted.");

    /** Of acts that are told of, participants; the rest is counted. */
    private static final int MOST_TOLD = 10;

    private static final Reads READS = Reads.of(
                    AzureAbuseKind.OPERATIONS, AzureAssignments.OPERATIONS, RiskyAccess.OPERATIONS)
            .needing(AzureAbuseKind.OPERATIONS)
            .within(FINDING);

    @Override
    public String id() {
        return "azure-abuse-after-grant";
    }

    @Override
    public Set<SubjectKind> subjects() {
        return Set.of(SubjectKind.APPLICATION);
    }

    @Override
    public Reads reads() {
        return READS;
    }

    @Override
    public List<Param<?>> parameters() {
        return List.of(WITHIN, FINDING, SECRETS, DELETIONS, BURST);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        AzureUse.Read read = AzureUse.of(in.application(), in.focus(), in.get(BURST));
        List<AzureReason> reasons =
                read.uses().isEmpty() ? List.of() : AzureReason.of(in, in.get(WITHIN), in.get(FINDING));
        return in.candidates(
                        "In Azure it listed keys, read secrets, ran commands, exported disks, changed encryption or deleted",
                        read.uses(),
                        AzureUse::act,
                        AzureUse::label,
                        "Nothing of the kind succeeded")
                .covering(read.covered())
                .where(
                        "A role was new, or a risky grant, a credential or a dangerous Azure role was there",
                        use -> reason(reasons, use)
                                .map(reason -> Answer.yes(reason.label()).by(List.of(reason.act())))
                                .orElseGet(() -> Answer.no(use.label() + ", and nothing was given in time before")))
                .among(
                        "Secrets and deletions were many",
                        uses -> many(in, uses),
                        AzureAbuseAfterGrant::labels,
                        "fewer different ones than that within " + Facts.length(in.get(BURST)))
                .findEach(AzureUse::kind, uses -> finding(in, uses, reasons));
    }

    private static Optional<AzureReason> reason(List<AzureReason> reasons, AzureUse use) {
        return reasons.stream().filter(reason -> reason.reaches(use)).findFirst();
    }

    private static List<AzureUse> many(DetectionInput in, List<AzureUse> uses) {
        Map<AzureAbuseKind, List<AzureUse>> byKind = uses.stream().collect(Collectors.groupingBy(AzureUse::kind));
        return Arrays.stream(AzureAbuseKind.values())
                .flatMap(kind -> {
                    List<AzureUse> ofKind = byKind.getOrDefault(kind, List.of());
                    return switch (kind) {
                        case VAULT_SECRETS -> AzureUse.inBursts(ofKind, in.get(BURST), in.get(SECRETS)).stream();
                        case MASS_DELETION -> AzureUse.inBursts(ofKind, in.get(BURST), in.get(DELETIONS)).stream();
                        default -> ofKind.stream();
                    };
                })
                .toList();
    }

    private static String labels(List<AzureUse> uses) {
        return uses.stream().map(AzureUse::label).distinct().limit(MOST_TOLD).collect(Collectors.joining("; "));
    }

    /** @param uses of one kind, by time */
    private static Finding finding(DetectionInput in, List<AzureUse> uses, List<AzureReason> reasons) {
        AzureUse first = uses.get(0);
        AppEvent act = first.act();
        List<AzureReason> given = reasons.stream()
                .filter(reason -> uses.stream().anyMatch(reason::reaches))
                .toList();
        // A dangerous role that is new is there for two reasons.
        List<AzureReason> told = List.copyOf(given.stream()
                .collect(Collectors.toMap(AzureReason::label, reason -> reason, (one, same) -> one, LinkedHashMap::new))
                .values());
        boolean later = given.stream().noneMatch(reason -> reason.reaches(act.getEventTime()));
        long events = uses.stream().mapToLong(AzureUse::events).sum();
        long objects = AzureUse.objects(uses.stream());
        FindingBuilder finding = in.finding(act)
                .anchor(first.kind().label())
                .at(later ? first.last() : act.getEventTime())
                .severity(Severity.HIGH)
                .title(first.kind().title() + " by an application with new or risky access")
                .says(Facts.actor(act) + " did so first at " + Facts.time(act.getEventTime()) + " from "
                        + Addresses.label(in.addressOf(act)) + ", " + Facts.count(events, "time") + " in all, on "
                        + Facts.count(objects, "object") + ". Before, it was given "
                        + told.stream().map(AzureReason::label).limit(MOST_TOLD).collect(Collectors.joining("; "))
                        + ".")
                .risk(
                        in.isFromOutside(act),
                        RiskKind.FROM_OUTSIDE,
                        "Done from an address that is not the organisation's")
                .risk(told.size() > 1, "More than one grant, credential or role came before")
                .by("used", uses.stream().limit(MOST_TOLD).map(AzureUse::act).toList())
                .shownBy(uses.stream().map(AzureUse::act).toList())
                .permissions(given.stream()
                        .flatMap(reason -> reason.permissions().stream())
                        .toList())
                .undone(given.stream().allMatch(AzureReason::gone));
        told.stream().limit(MOST_TOLD).forEach(reason -> finding.by(reason.role(), reason.act()));
        return finding.build();
    }
}
