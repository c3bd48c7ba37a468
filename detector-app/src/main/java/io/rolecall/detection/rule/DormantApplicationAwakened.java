package io.rolecall.detection.rule;

import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Interval;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Awakenings;
import io.rolecall.detection.read.Awakenings.Awakening;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.OwnActivity;
import io.rolecall.event.OperationGroups;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An application that nothing was heard of for weeks, or that was deleted and restored, is given a credential or a grant, or signs in.
 * One finding a UTC day.
 */
public final class DormantApplicationAwakened implements Detection {

    private static final Param<Duration> SILENCE = Param.duration(
            "silence",
            Duration.ofDays(30),
            Duration.ofDays(1),
            Duration.ofDays(90),
            "Shortest time without any successful sign-in, use, credential or grant.");
    private static final Param<Duration> AFTER_RESTORE = Param.duration(
            "after-restore",
            Duration.ofDays(30),
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "Longest time from a restoration to the first credential, grant or sign-in.");

    /** What may be an awakening: also an update, which may bring a credential. */
    private static final Set<String> AWAKENS = Set.of(
            Operations.SIGN_IN,
            Operations.UPDATE_APPLICATION,
            Operations.UPDATE_APPLICATION_CREDENTIALS,
            Operations.CREATE_APPLICATION_CREDENTIALS,
            Operations.ADD_SERVICE_PRINCIPAL_CREDENTIALS,
            Operations.AZURE_FEDERATED_CREDENTIAL,
            Operations.ADD_APP_ROLE,
            Operations.ADD_DELEGATED_GRANT,
            Operations.UPDATE_DELEGATED_GRANT,
            Operations.CONSENT);

    private static final Reads READS = Reads.of(
                    AWAKENS,
                    OperationGroups.APPLICATIONS,
                    OperationGroups.MAIL_READ,
                    OperationGroups.MAIL_SENT,
                    OperationGroups.FILES_READ,
                    OperationGroups.AZURE,
                    Set.of(OperationGroups.ANY_AZURE_DELETION))
            .needing(AWAKENS)
            .within(SILENCE)
            .remembering(OwnActivity.needs());

    @Override
    public String id() {
        return "dormant-application-awakened";
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
        return List.of(SILENCE, AFTER_RESTORE);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        // An earlier act that comes late may break a silence, or make a baseline, of any later day.
        Instant from = Facts.dayOrEarliest(in.focus().from());
        Awakenings awakenings = new Awakenings(in.application(), in.get(SILENCE), from);
        String silence = Facts.length(in.get(SILENCE));
        return in.candidates(
                        "It was given a credential or a grant, or signed in, after days without, or first after it was restored",
                        awakenings.candidates(in.history().acts(), in.get(AFTER_RESTORE), from),
                        Awakening::act,
                        Awakening::label,
                        "No such day since " + (from.equals(Instant.MIN) ? "the beginning" : Facts.time(from)))
                .covering(new Interval(from, Instant.MAX))
                .where(
                        "There was no sign-in, use, credential or grant in the " + silence
                                + " before, or it was restored",
                        awakenings::isAfterSilence)
                .where("There was a baseline before the silence, or it was restored", awakenings::hasBaseline)
                .findEach(one -> Facts.day(one.act().getEventTime()), sameDay -> finding(in, awakenings, sameDay));
    }

    private static Finding finding(DetectionInput in, Awakenings awakenings, List<Awakening> sameDay) {
        Awakening first = sameDay.get(0);
        AppEvent act = first.act();
        List<AppEvent> restores =
                sameDay.stream().flatMap(one -> one.restoredBy().stream()).toList();
        String before = first.restoredBy()
                .map(restore -> Facts.actor(restore) + " had restored it at " + Facts.time(restore.getEventTime())
                        + ", which needs no permission to be given again: a restored application has those it had.")
                .orElseGet(() -> "Before, it was " + awakenings.lastSeen(first)
                        + ": no sign-in, use, credential or grant for " + Facts.length(in.get(SILENCE)) + " or more.");
        return in.finding(act)
                .anchor(FirstUses.day(act.getEventTime()).toString())
                .title(
                        first.restoredBy().isPresent()
                                ? "Restored application awakened"
                                : "Dormant application awakened")
                .says("There was " + first.label() + ", from " + Addresses.label(in.addressOf(act)) + ". " + before
                        + " What nobody uses nobody watches.")
                .risk(in.isFromOutside(act), RiskKind.FROM_OUTSIDE, "From an address that is not the organisation's")
                .risk(!restores.isEmpty(), "The application had been deleted and was restored")
                .by("awakened", sameDay.stream().map(Awakening::act).distinct().toList())
                .by("restored", restores.stream().distinct().toList())
                .undone(awakenings.areUndone(sameDay))
                .build();
    }
}
