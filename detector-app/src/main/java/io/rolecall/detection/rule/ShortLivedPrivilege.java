package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.read.ApplicationGrant;
import io.rolecall.detection.read.DirectoryRoles;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Lifecycle;
import io.rolecall.detection.read.Privilege;
import io.rolecall.detection.read.RiskyGrants;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An application is given a risky permission or a directory role that is gone again within minutes; or it is registered, given one
 * and deleted within a day. One finding a permission or role, and one for the application's life.
 */
public final class ShortLivedPrivilege implements Detection {

    private static final String LIFECYCLE = "lifecycle";

    private static final Param<Duration> HELD = Param.duration(
            "held-at-most",
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofHours(24),
            "Longest time after which a permission or role is gone again, that time included.");
    private static final Param<Duration> LIFE = Param.duration(
            "life-at-most",
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "Longest time from registration to deletion, that time included.");

    private static final Reads READS = Reads.of(
                    ApplicationGrant.CHANGES, List.of(Operations.ADD_APPLICATION, Operations.ADD_APP_ROLE_TO_USER))
            .needing(ApplicationGrant.GIVES)
            .within(LIFE);

    /** One time that something was given, and by which act it was gone soon after. */
    private record Given(Privilege what, AppEvent act, Optional<AppEvent> goneBy) {

        String label() {
            return what.label() + " at " + Facts.time(act.getEventTime());
        }
    }

    /** From the first registration to the first deletion after it, and what was given between. */
    private record Life(AppEvent registered, AppEvent deleted, List<Given> between) {

        Duration length() {
            return Duration.between(registered.getEventTime(), deleted.getEventTime());
        }
    }

    @Override
    public String id() {
        return "short-lived-privilege";
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
        return List.of(HELD, LIFE);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        List<AppEvent> acts = in.history().acts();
        List<AppEvent> deletions = Lifecycle.deletions(acts);
        List<Given> given = Stream.concat(
                        RiskyGrants.of(in.application(), in.policy().permissionSets()).stream(),
                        DirectoryRoles.privileges(acts).stream())
                .flatMap(what -> what.gifts().stream()
                        .map(act -> new Given(what, act, what.goneWithin(act, in.get(HELD), deletions))))
                .sorted((one, other) -> Facts.ORDER.compare(one.act(), other.act()))
                .toList();
        Evaluation gone = in.candidates(
                        "A risky permission or a directory role was given",
                        given,
                        Given::act,
                        Given::label,
                        "None was given")
                .where(
                        "It did not have it already",
                        one -> Answer.of(
                                !one.what().heldBefore(one.act(), in.history().profile()), one.label()))
                .where("It no longer had it " + Facts.length(in.get(HELD)) + " later", one -> one.goneBy()
                        .map(act -> Answer.yes(one.what().label() + " was gone at " + Facts.time(act.getEventTime()))
                                .by(List.of(act)))
                        .orElseGet(() -> Answer.no(one.what().label() + " was held")))
                .findEach(one -> one.what().key(), same -> soonGone(in, same));
        Evaluation lived = in.candidates(
                        "It was registered and deleted",
                        life(acts, given).stream().toList(),
                        Life::deleted,
                        one -> "it lived for " + Facts.length(one.length()),
                        "The registration was not seen, or no deletion after it")
                .where(
                        "It lived at most " + Facts.length(in.get(LIFE)),
                        one -> Answer.of(
                                Facts.inLoggedOrder(
                                        one.deleted().getEventTime(),
                                        one.registered().getEventTime().plus(in.get(LIFE))),
                                "it lived for " + Facts.length(one.length())))
                .where(
                        "A risky permission or a directory role was given between",
                        one -> Answer.of(!one.between().isEmpty(), labels(one.between())))
                .findOne(lives -> life(in, lives.get(0)));
        return gone.and(lived);
    }

    private static Optional<Life> life(List<AppEvent> acts, List<Given> given) {
        return first(acts, Set.of(Operations.ADD_APPLICATION), Optional.empty()).flatMap(registered -> first(
                        acts,
                        Set.of(Operations.DELETE_APPLICATION, Operations.HARD_DELETE_APPLICATION),
                        Optional.of(registered))
                .map(deleted -> new Life(
                        registered,
                        deleted,
                        given.stream()
                                .filter(one -> follows(one.act(), registered) && follows(deleted, one.act()))
                                .toList())));
    }

    private static Optional<AppEvent> first(List<AppEvent> acts, Set<String> operations, Optional<AppEvent> after) {
        return acts.stream()
                .filter(act -> Facts.succeeded(act) && operations.contains(act.getOperation()))
                .filter(act -> after.isEmpty() || follows(act, after.orElseThrow()))
                .min(Facts.ORDER);
    }

    private static boolean follows(AppEvent later, AppEvent earlier) {
        return Facts.inLoggedOrder(earlier.getEventTime(), later.getEventTime());
    }

    private static Finding soonGone(DetectionInput in, List<Given> same) {
        Given first = same.get(0);
        AppEvent goneBy = first.goneBy().orElse(first.act());
        Duration held = Duration.between(first.act().getEventTime(), goneBy.getEventTime());
        return in.finding(first.act())
                .anchor(first.what().key())
                .title("Given and gone within " + Facts.length(in.get(HELD)) + ": "
                        + first.what().label())
                .says(Facts.actor(first.act()) + " gave " + first.label() + ". It was gone "
                        + (held.isNegative() ? "in the same moment" : Facts.length(held) + " later") + ", by "
                        + Facts.actor(goneBy) + " (" + goneBy.getRawOperation().strip() + ")."
                        + " What a privilege was used for in minutes, no review of what is held will show."
                        + (same.size() > 1 ? " That happened " + same.size() + " times." : ""))
                .risk(same.size() > 1, "It was given and gone " + same.size() + " times")
                .by("granted", same.stream().map(Given::act).toList())
                .by(
                        "removed",
                        same.stream().flatMap(one -> one.goneBy().stream()).toList())
                .permissions(same.stream()
                        .flatMap(one -> one.what().permission().stream())
                        .toList())
                .undone(same.stream().allMatch(one -> one.what().isGone()))
                .build();
    }

    private static Finding life(DetectionInput in, Life life) {
        return in.finding(life.registered())
                .anchor(LIFECYCLE)
                .title("Registered, given privileges and deleted within " + Facts.length(in.get(LIFE)))
                .says(Facts.actor(life.registered()) + " registered the application at "
                        + Facts.time(life.registered().getEventTime()) + ", "
                        + Facts.actor(life.deleted()) + " deleted it " + Facts.length(life.length())
                        + " later. Between, it was given " + labels(life.between()) + ".")
                .by("registered", life.registered())
                .by("granted", life.between().stream().map(Given::act).toList())
                .by("deleted", life.deleted())
                .permissions(life.between().stream()
                        .flatMap(one -> one.what().permission().stream())
                        .toList())
                .build();
    }

    private static String labels(List<Given> given) {
        List<String> labels =
                given.stream().map(one -> one.what().label()).distinct().toList();
        return labels.isEmpty() ? "nothing" : labels.stream().limit(10).collect(Collectors.joining(", "));
    }
}
