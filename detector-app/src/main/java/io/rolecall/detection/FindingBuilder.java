package io.rolecall.detection;

import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AppLists;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Lifecycle;
import io.rolecall.detection.read.Mandate;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Puts a finding together. What is usual needs no word: the time is that of the act, the evidence the participants' acts, the
 * confidence the weakest of their addresses and identities; a finding is contained when the application is disabled or deleted, or
 * what it is about is undone. The organisation's lists of banned and approved applications are applied here, and what trusted
 * automation did outside its mandate is told, once for all detections.
 */
public final class FindingBuilder {

    private final DetectionInput in;
    private final List<Participant> participants = new ArrayList<>();
    private final List<AppEvent> further = new ArrayList<>();
    private final List<RiskReason> risks = new ArrayList<>();
    private List<String> anchor = List.of();
    private Instant time;
    private Severity severity = Severity.MEDIUM;
    private boolean outside;
    private String title = "";
    private String says = "";
    private List<Permission> permissions = List.of();
    private Optional<Confidence> confidence = Optional.empty();
    private long counted;
    private boolean undone;
    private boolean participantsDecide = true;

    FindingBuilder(DetectionInput in, AppEvent act) {
        this.in = in;
        this.time = act.getEventTime();
    }

    /** What the finding hangs on besides the subject; without it there is one per subject. */
    public FindingBuilder anchor(String... parts) {
        anchor = List.of(parts);
        return this;
    }

    /** Event time of the anchor, where it is not that of the act. */
    public FindingBuilder at(Instant anchorTime) {
        time = anchorTime;
        return this;
    }

    /** Severity by the detection's rule. */
    public FindingBuilder severity(Severity byRule) {
        severity = byRule;
        return this;
    }

    /** Severity by the detection's rule, and what the policy's trusted automation makes of it: of the acts the one it trusts least. */
    public FindingBuilder severity(Severity byRule, Collection<Mandate> applying) {
        return severity(applying.stream()
                        .map(mandate -> mandate.apply(byRule))
                        .reduce(Severity.INFORMATIONAL, Severity::max))
                .mandates(applying);
    }

    /** What the policy makes of acts whose mandates have been applied to the severity already: tells of those outside. */
    public FindingBuilder mandates(Collection<Mandate> applied) {
        outside |= applied.contains(Mandate.OUTSIDE);
        return this;
    }

    /** One line, which the application's name follows. */
    public FindingBuilder title(String line) {
        title = line;
        return this;
    }

    /** Sentences for an analyst. */
    public FindingBuilder says(String sentences) {
        says = sentences;
        return this;
    }

    /** A reason for more risk that no other detection tells, when it holds. */
    public FindingBuilder risk(boolean when, String text) {
        return risk(when, RiskKind.OTHER, text);
    }

    /**
     * A reason for more risk, when it holds. What can be told of any alert is told without a word here; a detection gives such a kind
     * where it has better words for it.
     */
    public FindingBuilder risk(boolean when, RiskKind kind, String text) {
        if (when) {
            risks.add(new RiskReason(kind, text));
        }
        return this;
    }

    /** Somebody who took part: the actor of an act, from the address it was done from. */
    public FindingBuilder by(String role, AppEvent participant) {
        participants.add(new Participant(role, participant, in.addressOf(participant)));
        return this;
    }

    /** Those who took part in one role. */
    public FindingBuilder by(String role, Collection<AppEvent> acts) {
        acts.forEach(one -> by(role, one));
        return this;
    }

    /** Further acts that decide, beside those of the participants. */
    public FindingBuilder shownBy(Collection<AppEvent> acts) {
        further.addAll(acts);
        return this;
    }

    /** The acts that decide, where they are not those of the participants. */
    public FindingBuilder only(Collection<AppEvent> acts) {
        further.addAll(acts);
        participantsDecide = false;
        return this;
    }

    /** How many acts decide in all, where more do than are listed. */
    public FindingBuilder counted(long acts) {
        counted = acts;
        return this;
    }

    /** Permissions it is about. */
    public FindingBuilder permissions(Collection<Permission> about) {
        permissions = about.stream().distinct().toList();
        return this;
    }

    /** How surely the events state it, where that is not the weakest of all that took part. */
    public FindingBuilder confidence(Confidence surely) {
        confidence = Optional.of(surely);
        return this;
    }

    /** Whether everything that it is about has been taken back. */
    public FindingBuilder undone(boolean when) {
        undone = when;
        return this;
    }

    /** The finding. */
    public Finding build() {
        List<AppEvent> decided = new ArrayList<>(further);
        if (participantsDecide) {
            participants.forEach(one -> decided.add(one.act()));
        }
        List<AppEvent> distinct = Facts.distinct(decided);
        risk(outside, Mandate.OUTSIDE_RISK);
        return new Finding(
                anchor,
                time,
                severity,
                confidence.orElseGet(this::weakest),
                title,
                says + AppLists.approval(in.policy(), in.history()),
                distinct.stream().limit(Finding.MOST_EVIDENCE).toList(),
                Math.max(distinct.size(), counted),
                participants,
                permissions,
                risks,
                undone || ended());
    }

    /** Of an application; what a person deleted ends no finding about the person. */
    private boolean ended() {
        return in.history() instanceof ApplicationHistory application
                && Lifecycle.ended(application.acts()).isPresent();
    }

    private Confidence weakest() {
        return participants.stream()
                .map(one -> Addresses.confidence(one.act(), one.address()))
                .reduce(Confidence.HIGH, Confidence::min);
    }
}
