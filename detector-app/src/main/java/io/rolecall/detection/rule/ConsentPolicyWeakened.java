package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Clicks;
import io.rolecall.detection.read.ConsentSetting;
import io.rolecall.detection.read.ConsentSetting.Way;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ConsentPolicyChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What users may register, consent to or invite is widened for the whole tenant. One finding an act, with all its properties. */
public final class ConsentPolicyWeakened implements Detection {

    private static final Duration UNDONE_WITHIN = Duration.ofDays(7);

    /** Of the consents from a change on: at most two may be of before it, in the ten minutes of the change and of the skew of clocks. */
    private static final int FIRST_CONSENTS = 4;

    private static final Param<Duration> CONSENT_WITHIN = Param.duration(
            "consent-within",
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "Longest time from the change to a user's consent that makes it high.");

    private static final Reads READS = Reads.of(List.of(Operations.UPDATE_AUTHORIZATION_POLICY, Operations.CONSENT))
            .needing(Operations.UPDATE_AUTHORIZATION_POLICY)
            .within(CONSENT_WITHIN);

    private record Change(AppEvent act, List<ConsentSetting> settings) {

        private List<ConsentSetting> wider() {
            return settings.stream()
                    .filter(setting -> setting.way() == Way.WIDER)
                    .toList();
        }

        private String labels() {
            return settings.stream().map(ConsentSetting::label).collect(Collectors.joining(", "));
        }
    }

    @Override
    public String id() {
        return "consent-policy-weakened";
    }

    @Override
    public Set<SubjectKind> subjects() {
        return Set.of(SubjectKind.TENANT);
    }

    @Override
    public Reads reads() {
        return READS;
    }

    @Override
    public List<Param<?>> parameters() {
        return List.of(CONSENT_WITHIN);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        List<Change> changes = in.history().acts().stream()
                .filter(act -> Facts.is(act, Operations.UPDATE_AUTHORIZATION_POLICY) && Facts.succeeded(act))
                .map(act -> new Change(act, settings(act)))
                .toList();
        return in.candidates(
                        "The authorization policy was changed",
                        changes,
                        Change::act,
                        Change::labels,
                        "No successful change of it")
                .where(
                        "The change widens what users may do, or what it changes is not known",
                        change -> Answer.of(
                                change.settings().stream().anyMatch(setting -> setting.way() != Way.NARROWER),
                                change.labels()))
                .note("A user consented within " + Facts.length(in.get(CONSENT_WITHIN)), change -> consent(in, change)
                        .map(act -> Answer.yes(Facts.actor(act) + " at " + Facts.time(act.getEventTime()))
                                .by(List.of(act)))
                        .orElseGet(() -> Answer.no("nobody did")))
                .findEach(change -> Clicks.click(change.act()), same -> finding(in, same, changes));
    }

    private static List<ConsentSetting> settings(AppEvent act) {
        return Details.of(act, ConsentPolicyChange.class).stream()
                .flatMap(policy -> policy.getChanges().stream())
                .flatMap(change -> ConsentSetting.of(change).stream())
                .toList();
    }

    private static Optional<AppEvent> consent(DetectionInput in, Change change) {
        Instant at = change.act().getEventTime();
        Duration within = in.get(CONSENT_WITHIN);
        Instant from = at.minus(Facts.CLOCK_SKEW);
        return in.tenant().firstConsents(from, at.plus(within).plus(Facts.CLOCK_SKEW), FIRST_CONSENTS).stream()
                .filter(act -> Facts.isWithin(act.getEventTime(), at, within))
                .findFirst();
    }

    private static Finding finding(DetectionInput in, List<Change> same, List<Change> all) {
        AppEvent act = same.get(0).act();
        List<ConsentSetting> wider = same.stream()
                .flatMap(change -> change.wider().stream())
                .distinct()
                .toList();
        boolean known = !wider.isEmpty();
        Optional<AppEvent> consented = known
                ? same.stream().flatMap(change -> consent(in, change).stream()).min(Facts.ORDER)
                : Optional.empty();
        Severity widened = consented.isPresent() ? Severity.HIGH : Severity.MEDIUM;
        String labels = same.stream().map(Change::labels).distinct().collect(Collectors.joining(", "));
        return in.finding(act)
                .anchor(Clicks.click(act))
                .severity(known ? widened : Severity.INFORMATIONAL)
                .title(
                        known
                                ? "Users of the tenant may do more with applications: "
                                        + wider.stream()
                                                .map(ConsentSetting::name)
                                                .distinct()
                                                .collect(Collectors.joining(", "))
                                : "Authorization policy changed in a way that is not known")
                .says(Facts.actor(act) + " changed the authorization policy at " + Facts.time(act.getEventTime())
                        + " from " + Addresses.label(in.addressOf(act)) + ": " + labels + "."
                        + consented
                                .map(consent -> " " + Facts.actor(consent) + " consented to an application at "
                                        + Facts.time(consent.getEventTime()) + ", the first known after it.")
                                .orElse(""))
                .risk(
                        in.isFromOutside(act),
                        RiskKind.FROM_OUTSIDE,
                        "Changed from an address that is not the organisation's")
                .by("changed-policy", same.stream().map(Change::act).toList())
                .by("consented", consented.stream().toList())
                .confidence(in.confidenceIn(act))
                .undone(known && wider.stream().allMatch(setting -> undone(setting, act, all)))
                .build();
    }

    /** Whether the last change of the property within seven days takes it back. */
    private static boolean undone(ConsentSetting setting, AppEvent act, List<Change> all) {
        return all.stream()
                .filter(change -> Facts.ORDER.compare(change.act(), act) > 0)
                .filter(change -> !Clicks.click(change.act()).equals(Clicks.click(act)))
                .filter(change ->
                        !change.act().getEventTime().isAfter(act.getEventTime().plus(UNDONE_WITHIN)))
                .flatMap(change -> change.settings().stream())
                .filter(later -> later.property().equals(setting.property()))
                .reduce((one, later) -> later)
                .filter(setting::isUndoneBy)
                .isPresent();
    }
}
