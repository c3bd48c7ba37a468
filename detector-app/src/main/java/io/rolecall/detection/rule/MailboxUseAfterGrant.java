package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.FindingBuilder;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.read.AppLists;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.FirstMailUses;
import io.rolecall.detection.read.FirstMailUses.Use;
import io.rolecall.detection.read.MailAccess;
import io.rolecall.detection.read.MailAccess.Covering;
import io.rolecall.detection.read.MailboxOwners;
import io.rolecall.detection.read.OwnerTenants;
import io.rolecall.detection.read.RiskyAccess;
import io.rolecall.detection.read.RiskyAccess.Given;
import io.rolecall.event.OperationGroups;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An application uses mailboxes in a way that its owners did not open them for: five kinds, each one finding. */
public final class MailboxUseAfterGrant implements Detection {

    private static final Param<Duration> WITHIN = Param.duration(
            "within",
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "Longest time from a risky grant or credential to the first use of a mailbox.");
    private static final Param<Duration> LATE = Param.duration(
            "late-after",
            Duration.ofDays(30),
            Duration.ofDays(1),
            Duration.ofDays(365),
            "Shortest time from a grant to the first use of mail that nobody expects any more.");

    /** Uses that are told of as participants; the rest is counted. */
    private static final int MOST_TOLD = 10;

    private static final Reads READS = Reads.of(
                    OperationGroups.MAIL_READ,
                    OperationGroups.MAIL_SENT,
                    RiskyAccess.OPERATIONS,
                    List.of(Operations.ADD_APPLICATION, Operations.ADD_SERVICE_PRINCIPAL, Operations.SIGN_IN))
            .needing(Stream.concat(OperationGroups.MAIL_READ.stream(), OperationGroups.MAIL_SENT.stream())
                    .toList())
            .within(Duration.ofDays(30))
            .remembering(
                    BaselineNeed.of(ActivitySource.MAIL_USE, Dimension.MAILBOX).withCounts());

    @Override
    public String id() {
        return "mailbox-use-after-grant";
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
        return List.of(
                WITHIN,
                MailboxBursts.MAILBOXES,
                MailboxBursts.MAILBOXES_WITHIN,
                MailboxBursts.TIMES_USUAL,
                MailboxBursts.MESSAGES,
                MailboxBursts.SENDERS,
                MailboxBursts.BURST_WITHIN,
                LATE);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        List<Use> firsts = FirstMailUses.ofMailboxes(in.application());
        Optional<Use> first = FirstMailUses.ofAll(in.application());
        MailboxOwners owners = MailboxOwners.of(
                in.application(), firsts.stream().map(Use::mailbox).toList());
        return afterGrant(in, firsts, owners)
                .and(foreign(in, firsts, owners))
                .and(MailboxBursts.evaluate(in))
                .and(late(in, first, owners));
    }

    private static Evaluation afterGrant(DetectionInput in, List<Use> firsts, MailboxOwners owners) {
        List<Given> risky = firsts.isEmpty() ? List.of() : RiskyAccess.of(in);
        return in.candidates(
                        "It used a mailbox that it had not used before",
                        firsts,
                        Use::act,
                        Use::label,
                        "No successful use of a mailbox was seen")
                .where(
                        "A risky permission or credential was given at most " + Facts.length(in.get(WITHIN))
                                + " before",
                        use -> risky.stream()
                                .filter(given -> given.isWithin(use.at(), in.get(WITHIN)))
                                .findFirst()
                                .map(given -> Answer.yes(given.at()).by(List.of(given.act())))
                                .orElseGet(() -> Answer.no(use.label() + ", and none was")))
                .where(
                        "The mailbox is of somebody who gave the application nothing",
                        use -> owners.hasNone(use.mailbox(), use.at()))
                .findOne(uses -> afterGrant(in, uses, risky));
    }

    private static Finding afterGrant(DetectionInput in, List<Use> uses, List<Given> risky) {
        List<Given> given = risky.stream()
                .filter(one -> uses.stream().anyMatch(use -> one.isWithin(use.at(), in.get(WITHIN))))
                .toList();
        FindingBuilder finding = used(in, uses, "after-grant")
                .title("Mailboxes used within " + Facts.length(in.get(WITHIN)) + " of risky access")
                .says("It was given "
                        + given.stream()
                                .map(Given::at)
                                .distinct()
                                .limit(MOST_TOLD)
                                .collect(Collectors.joining("; "))
                        + ". After that it used mailboxes for the first time whose owners gave it nothing: "
                        + labels(uses)
                        + ".")
                .risk(uses.stream().anyMatch(Use::isSend), "Mail was sent, too")
                .permissions(given.stream()
                        .flatMap(one -> one.permissions().stream())
                        .toList())
                .undone(given.stream().allMatch(Given::gone));
        given.stream().limit(MOST_TOLD).forEach(one -> finding.by(one.role(), one.act()));
        return finding.build();
    }

    private static Evaluation foreign(DetectionInput in, List<Use> firsts, MailboxOwners owners) {
        boolean needsNone = OwnerTenants.isMicrosofts(in.history())
                && !AppLists.isAdministrationTool(in.history().subject().id());
        return in.candidates(
                        "It used a mailbox", firsts, Use::act, Use::label, "No successful use of a mailbox was seen")
                .where(
                        "It is none of Microsoft's own, which need no consent",
                        any -> Answer.of(!needsNone, needsNone ? "it is Microsoft's own" : "it is not"))
                .where("Its addition was seen", use -> MailAccess.isSeenFromTheStart(in, use))
                .where("It held no application role for mail", use -> MailAccess.hasNoRole(in, use))
                .where("Nothing was granted to it for everybody", use -> MailAccess.hasNoGrantForAll(in, use))
                .where(
                        "The owner of the mailbox had never consented to it",
                        use -> owners.neverConsented(use.mailbox(), use.at()))
                .findOne(uses -> used(in, uses, "foreign-mailbox")
                        .title("Mailboxes used whose owners never consented")
                        .says(
                                "It holds no application role for mail and no grant for everybody, and still used mailboxes of"
                                        + " people who never consented to it: " + labels(uses) + ".")
                        .build());
    }

    private static Evaluation late(DetectionInput in, Optional<Use> first, MailboxOwners owners) {
        return in.candidates(
                        "It used mail for the first time",
                        first.stream().toList(),
                        Use::act,
                        Use::label,
                        "No successful use of mail was seen")
                .where(
                        "The grant that covers it was seen, at least " + Facts.length(in.get(LATE)) + " before",
                        use -> MailAccess.covering(in, use)
                                .map(grant -> Answer.of(MailAccess.isLate(grant, use, in.get(LATE)), grant.label())
                                        .by(grant.act().stream().toList()))
                                .orElseGet(() -> Answer.no("none was seen that covers it")))
                .where(
                        "It is not the mailbox of somebody who approved it",
                        use -> owners.hasNone(use.mailbox(), use.at()))
                .findOne(uses -> late(in, uses));
    }

    private static Finding late(DetectionInput in, List<Use> uses) {
        Covering grant = MailAccess.covering(in, uses.get(0)).orElse(null);
        FindingBuilder finding =
                used(in, uses, "late-first-use").title("Mail used for the first time, long after the grant");
        if (grant != null) {
            finding.says("It was given " + grant.label() + " and used no mail for "
                            + Facts.length(
                                    Duration.between(grant.at(), uses.get(0).at())) + ", until " + labels(uses) + ".")
                    .permissions(List.of(grant.permission()))
                    .undone(grant.gone());
            grant.act().ifPresent(act -> finding.by("granted", act));
        }
        return finding.build();
    }

    private static FindingBuilder used(DetectionInput in, List<Use> uses, String kind) {
        return in.finding(uses.get(0).act())
                .anchor(kind)
                .severity(Severity.HIGH)
                .risk(
                        in.isFromOutside(uses.get(0).act()),
                        RiskKind.FROM_OUTSIDE,
                        "Used from an address that is not the organisation's")
                .by("used-mailbox", uses.stream().limit(MOST_TOLD).map(Use::act).toList())
                .shownBy(uses.stream().map(Use::act).toList());
    }

    private static String labels(List<Use> uses) {
        return Facts.first(MOST_TOLD, uses.stream().map(Use::label).toList());
    }
}
