package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Declarations;
import io.rolecall.detection.read.Declarations.Declaration;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A permission is granted that the application never declared to want. One finding a permission. */
public final class UndeclaredPermission implements Detection {

    /** Scopes of the protocol itself, which clients ask for and nobody declares. */
    private static final Set<String> PROTOCOL = Set.of("openid", "profile", "email", "offline_access");

    private static final Reads READS = Reads.of(
                    Grants.OF_ROLES,
                    Grants.OF_SCOPES,
                    List.of(Operations.ADD_APPLICATION, Operations.UPDATE_APPLICATION))
            .needing(Operations.ADD_APPLICATION, Operations.UPDATE_APPLICATION)
            .needing(Operations.ADD_APP_ROLE, Operations.ADD_DELEGATED_GRANT)
            .within(Duration.ofDays(30));

    /** A grant, and what was declared then. */
    private record Granted(Grant grant, Optional<Declaration> declared) {

        AppEvent act() {
            return grant.act();
        }
    }

    @Override
    public String id() {
        return "undeclared-permission";
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
    public Evaluation evaluate(DetectionInput in) {
        Declarations declarations = Declarations.of(in.history());
        return in.candidates(
                        "An application role, or a scope for everybody, was granted",
                        in.history().grants().stream()
                                .filter(grant -> !PROTOCOL.contains(
                                        grant.permission().value().toLowerCase(Locale.ROOT)))
                                .toList(),
                        Grant::act,
                        Grant::label,
                        "None was granted")
                .as(grant -> new Granted(grant, declarations.at(grant.time())), Granted::act)
                .where("Its declared permissions were known then", one -> one.declared()
                        .map(known -> Answer.yes(
                                        "as of " + Facts.time(known.act().getEventTime()))
                                .by(List.of(known.act())))
                        .orElseGet(
                                () -> Answer.cannotTell("neither a registration nor an update until then showed them")))
                .where("It is not among them", one -> undeclared(one))
                .findEach(one -> one.grant().key(), same -> finding(in, same));
    }

    private static Answer undeclared(Granted one) {
        String label = one.grant().label();
        Optional<Boolean> holds =
                one.declared().map(known -> known.holds(one.grant())).orElse(Optional.of(false));
        return holds.map(declared -> declared ? Answer.no(label + " is") : Answer.yes(label + " is not"))
                .orElseGet(() -> Answer.cannotTell("nothing tells the id of " + label));
    }

    private static Finding finding(DetectionInput in, List<Granted> same) {
        Grant first = same.get(0).grant();
        List<AppEvent> acts = Facts.distinct(same.stream().map(Granted::act).toList());
        return in.finding(first.act())
                .anchor(first.key())
                .severity(Severity.LOW)
                .title("Undeclared permission granted: " + first.permission().value())
                .says(Facts.actor(first.act()) + " granted " + first.label() + " at " + Facts.time(first.time())
                        + " from " + Addresses.label(in.addressOf(first.act()))
                        + ". The registration did not declare it"
                        + same.get(0)
                                .declared()
                                .map(known ->
                                        ", as of " + Facts.time(known.act().getEventTime()))
                                .orElse("")
                        + ": it was given past the registration, by Graph or a script, and the portal shows it under"
                        + " \"other permissions granted\"."
                        + (acts.size() > 1 ? " It was granted " + acts.size() + " times." : ""))
                .by("granted", acts)
                .shownBy(same.stream()
                        .flatMap(one -> one.declared().stream())
                        .map(Declaration::act)
                        .toList())
                .permissions(List.of(first.permission()))
                .undone(same.stream().allMatch(one -> one.grant().undone()))
                .build();
    }
}
