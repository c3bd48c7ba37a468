package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Interval;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.MailPeaks;
import io.rolecall.detection.read.MailPeaks.Peak;
import io.rolecall.detection.read.MailPeaks.Shown;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Two of the kinds of {@link MailboxUseAfterGrant}: many mailboxes within minutes, and much mail sent within an hour. */
final class MailboxBursts {

    static final Param<Integer> MAILBOXES =
            Param.number("mailboxes", 5, 1, 100, "More mailboxes than this within mailboxes-within are many.");
    static final Param<Duration> MAILBOXES_WITHIN = Param.duration(
            "mailboxes-within",
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            "Within how long, in whole consecutive minutes of UTC, mailboxes are counted.");
    static final Param<Integer> TIMES_USUAL = Param.number(
            "times-usual", 3, 1, 100, "How many times the largest number of the 14 days before must be exceeded.");
    static final Param<Integer> MESSAGES =
            Param.number("messages", 50, 1, 100_000, "Fewest messages within burst-within that are a burst.");
    static final Param<Integer> SENDERS = Param.number(
            "senders", 5, 1, 32, "Fewest mailboxes that mail is sent from within burst-within that are a burst.");
    static final Param<Duration> BURST_WITHIN = Param.duration(
            "burst-within",
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            "Within how long, in whole ten-minute slots of UTC, mail sent is counted.");

    private static final int MOST_TOLD = 10;

    private MailboxBursts() {}

    static Evaluation evaluate(DetectionInput in) {
        MailPeaks peaks = MailPeaks.of(in.application());
        return manyMailboxes(in, peaks).and(sending(in, peaks));
    }

    private static Evaluation manyMailboxes(DetectionInput in, MailPeaks peaks) {
        List<Peak> found = peaks.ofMailboxes(
                (int) in.get(MAILBOXES_WITHIN).toMinutes(),
                in.get(MAILBOXES),
                peak -> isMany(in, peak) && isUnusual(in, peak).keeps());
        return in.candidates(
                        "It used mailboxes within " + Facts.length(in.get(MAILBOXES_WITHIN)),
                        MailPeaks.shown(in.application(), found, false),
                        Shown::act,
                        shown -> mailboxes(shown.peak()),
                        "No successful use of a mailbox was seen")
                .covering(new Interval(peaks.usualKnownFrom(), Instant.MAX))
                .where(
                        "They were more than " + in.get(MAILBOXES),
                        shown -> Answer.of(isMany(in, shown.peak()), mailboxes(shown.peak())))
                .where(
                        "They were more than " + in.get(TIMES_USUAL) + " times the most of the 14 days before",
                        shown -> isUnusual(in, shown.peak()))
                .findOne(shown -> finding(
                        in,
                        shown,
                        "many-mailboxes",
                        "Many mailboxes used within minutes",
                        mailboxes(shown.get(0).peak()) + "; the most of the 14 days before were "
                                + shown.get(0).peak().usual(),
                        found.size()));
    }

    private static boolean isMany(DetectionInput in, Peak peak) {
        return peak.count() > in.get(MAILBOXES);
    }

    private static Answer isUnusual(DetectionInput in, Peak peak) {
        String because = mailboxes(peak) + ", " + peak.usual() + " before";
        return peak.usualKnown()
                ? Answer.of(peak.count() > in.get(TIMES_USUAL) * peak.usual(), because)
                : Answer.cannotTell(because + " or more: an hour had more than are told apart");
    }

    private static Evaluation sending(DetectionInput in, MailPeaks peaks) {
        List<Peak> found = peaks.ofSending(in.get(BURST_WITHIN), peak -> isBurst(in, peak));
        return in.candidates(
                        "It sent mail",
                        MailPeaks.shown(in.application(), found, true),
                        Shown::act,
                        shown -> messages(shown.peak()),
                        "No mail that it sent was seen")
                .covering(new Interval(peaks.knownFrom(), Instant.MAX))
                .where(
                        "It sent at least " + in.get(MESSAGES) + " messages, or from " + in.get(SENDERS)
                                + " mailboxes, within " + Facts.length(in.get(BURST_WITHIN)),
                        shown -> Answer.of(isBurst(in, shown.peak()), messages(shown.peak())))
                .findOne(shown -> finding(
                        in,
                        shown,
                        "sending-burst",
                        "Much mail sent within " + Facts.length(in.get(BURST_WITHIN)),
                        messages(shown.get(0).peak()),
                        found.size()));
    }

    private static boolean isBurst(DetectionInput in, Peak peak) {
        return peak.count() >= in.get(MESSAGES) || peak.senders() >= in.get(SENDERS);
    }

    private static String mailboxes(Peak peak) {
        return mailboxes(peak.count()) + " " + peak.when();
    }

    private static String messages(Peak peak) {
        return Facts.count(peak.count(), "message") + " from " + mailboxes(peak.senders()) + " " + peak.when();
    }

    private static String mailboxes(long number) {
        return number + (number == 1 ? " mailbox" : " mailboxes");
    }

    private static Finding finding(
            DetectionInput in, List<Shown> shown, String kind, String title, String first, int times) {
        List<AppEvent> uses =
                shown.stream().flatMap(one -> one.uses().stream()).distinct().toList();
        AppEvent act = shown.get(0).act();
        return in.finding(act)
                .anchor(kind)
                .at(shown.get(0).peak().from())
                .severity(Severity.HIGH)
                .title(title)
                .says(first + "." + (times > 1 ? " That happened " + times + " times." : ""))
                .risk(
                        in.isFromOutside(act),
                        RiskKind.FROM_OUTSIDE,
                        "Used from an address that is not the organisation's")
                .by("used-mailbox", uses.stream().limit(MOST_TOLD).toList())
                .shownBy(uses)
                .build();
    }
}
