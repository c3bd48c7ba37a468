package io.rolecall.detection.rule;

import io.rolecall.detection.ActorHistory;
import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.memory.Baseline;
import io.rolecall.detection.memory.Memory;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AppChanges;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.PersonalNetworks;
import io.rolecall.detection.read.PersonalNetworks.First;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.network.AddressClass;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A person signs in from a network never seen for them and changes applications soon after. One finding a network. */
public final class NewNetworkThenAppChange implements Detection {

    private static final Param<Duration> WITHIN = Param.duration(
            "within",
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            "Longest time from the first sign-in from the network to the change.");

    private static final Reads READS = Reads.of(AppChanges.OPERATIONS, List.of(Operations.SIGN_IN))
            .needing(Operations.SIGN_IN)
            .needing(AppChanges.OPERATIONS)
            .within(Duration.ofDays(30))
            .noticing(Baseline.AGE)
            .remembering(PersonalNetworks.needed());

    private static final int MOST_NAMED = 5;

    /** A change and the first sign-in from some network before it. */
    private record Change(AppEvent act, First first, AppEvent signIn) {

        String label() {
            return AppChanges.words(act) + ", first from " + first.use().value();
        }
    }

    @Override
    public String id() {
        return "new-network-then-app-change";
    }

    @Override
    public Set<SubjectKind> subjects() {
        return Set.of(SubjectKind.ACTOR);
    }

    @Override
    public Reads reads() {
        return READS;
    }

    @Override
    public List<Param<?>> parameters() {
        return List.of(WITHIN);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        Memory memory = in.history().memory();
        return in.candidates(
                        "The person changed an application within " + Facts.length(in.get(WITHIN))
                                + " after the first sign-in from some network",
                        changes(in),
                        Change::act,
                        Change::label,
                        "No successful registration, consent, grant or credential lies within that time")
                .where(
                        "There was a baseline before that sign-in",
                        one -> one.first().hasBaseline(memory).by(List.of(one.signIn())))
                .where(
                        "No sign-in in any log came from that network before",
                        one -> one.first().isNew(in, one.signIn()).by(List.of(one.signIn())))
                .where("The network is not the organisation's", one -> PersonalNetworks.isForeign(in, one.signIn())
                        .by(List.of(one.signIn())))
                .where("The change shows no address of the organisation", one -> elsewhere(in, one.act()))
                .findEach(one -> one.first().use().value(), same -> finding(in, same));
    }

    private static List<Change> changes(DetectionInput in) {
        ActorHistory history = in.actor();
        List<AppEvent> acts = history.acts().stream().filter(AppChanges::isOne).toList();
        if (acts.isEmpty()) {
            return List.of();
        }
        return PersonalNetworks.firsts(history.memory()).stream()
                .flatMap(first -> {
                    List<AppEvent> after = acts.stream()
                            .filter(act -> Facts.isWithin(
                                    act.getEventTime(), first.use().at(), in.get(WITHIN)))
                            .toList();
                    return after.isEmpty()
                            ? Stream.<Change>empty()
                            : first.signIn(history).stream()
                                    .flatMap(signIn -> after.stream().map(act -> new Change(act, first, signIn)));
                })
                .toList();
    }

    private static Answer elsewhere(DetectionInput in, AppEvent act) {
        ResolvedAddress address = in.addressOf(act);
        return Answer.of(
                !(address.basis().equals("event") && address.addressClass() == AddressClass.ORGANIZATION),
                "from " + Addresses.label(address));
    }

    /** @param same changes after the first sign-in from one network, which two logs may tell of */
    private static Finding finding(DetectionInput in, List<Change> same) {
        AppEvent signIn = same.stream().map(Change::signIn).min(Facts.ORDER).orElseThrow();
        List<AppEvent> acts = Facts.distinct(same.stream().map(Change::act).toList());
        String network = same.get(0).first().use().value();
        String who = Facts.actor(signIn);
        return in.finding(signIn)
                .anchor(network)
                .severity(Severity.MEDIUM)
                .title(who + " signed in from a new network and changed "
                        + (acts.size() == 1 ? "an application" : "applications"))
                .says(who + " signed in from " + Addresses.label(in.addressOf(signIn)) + " at "
                        + Facts.time(signIn.getEventTime()) + ", the first time from " + network + ", and within "
                        + Facts.length(in.get(WITHIN)) + " " + words(acts) + ".")
                .risk(
                        acts.stream().anyMatch(in::isFromOutside),
                        RiskKind.FROM_OUTSIDE,
                        "Changed from an address that is not the organisation's")
                .by(
                        "signed-in",
                        Facts.distinct(same.stream().map(Change::signIn).toList()))
                .by("changed", acts)
                .build();
    }

    private static String words(List<AppEvent> acts) {
        return Facts.first(
                MOST_NAMED, acts.stream().map(AppChanges::words).distinct().toList());
    }
}
