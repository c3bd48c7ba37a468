package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Confidence;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.DirectoryRoles;
import io.rolecall.detection.read.DirectoryRoles.Given;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Mandate;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A directory role is given to a service principal, active or eligible. One finding a role, however often it is given. */
public final class DirectoryRoleToServicePrincipal implements Detection {

    private static final String MAY = "assign-directory-role";

    private static final Reads READS =
            Reads.of(DirectoryRoles.CHANGES).needing(DirectoryRoles.GIVES).within(Duration.ofDays(30));

    @Override
    public String id() {
        return "directory-role-to-service-principal";
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
        return in.candidates(
                        "A directory role was given to the service principal",
                        DirectoryRoles.given(in.history().acts()),
                        Given::act,
                        Given::label,
                        "No successful act that gives a role, in any of its ways")
                .note("The role is privileged", one -> Answer.of(one.isPrivileged(), one.label()))
                .note("It holds for the whole directory", one -> Answer.of(!one.isScoped(), one.label()))
                .note("It was given from an address that is not the organisation's", one -> in.outside(one.act()))
                .findEach(Given::key, same -> finding(in, same));
    }

    private static Finding finding(DetectionInput in, List<Given> same) {
        Given first = same.get(0);
        List<AppEvent> acts = same.stream().map(Given::act).toList();
        List<Mandate> mandates = new ArrayList<>();
        Severity severity = Severity.INFORMATIONAL;
        for (Given one : same) {
            Mandate mandate = Mandate.of(in.policy(), one.act(), in.addressOf(one.act()), MAY::equals);
            mandates.add(mandate);
            severity = severity.max(mandate.apply(byRule(one)));
        }
        return in.finding(first.act())
                .anchor(first.key())
                .severity(severity)
                .mandates(mandates)
                .confidence(confidence(in, same))
                .title("Directory role " + first.label() + " given to an application")
                .says(Facts.actor(first.act()) + " gave the service principal the directory role " + first.label()
                        + (first.isEligible() ? ", to be activated when wanted," : "")
                        + (first.isScoped() ? " for a part of the directory" : "") + " at "
                        + Facts.time(first.act().getEventTime()) + " from "
                        + Addresses.label(in.addressOf(first.act())) + "."
                        + " A directory role needs no consent and shows on no consent screen."
                        + (same.size() > 1 ? " It was given " + same.size() + " times." : ""))
                .risk(
                        first.isPrivileged(),
                        RiskKind.TIER_0,
                        "The role lets its holder make itself or others administrator")
                .risk(
                        same.stream()
                                .anyMatch(one -> one.act().getActor().getType().equals("application")),
                        "Given by an application, not by a person")
                .by("gave-role", acts)
                .shownBy(same.stream().flatMap(one -> one.takenBy().stream()).toList())
                .undone(same.stream().allMatch(one -> one.takenBy().isPresent()))
                .build();
    }

    private static Severity byRule(Given one) {
        return (one.isPrivileged() ? Severity.HIGH : Severity.MEDIUM).lowerIf(one.isScoped());
    }

    /** A role whose template no event states is told by its English name, which anybody may give to a role of their own. */
    private static Confidence confidence(DetectionInput in, List<Given> same) {
        return same.stream().noneMatch(Given::isStated)
                ? Confidence.LOW
                : same.stream().map(one -> in.confidenceIn(one.act())).reduce(Confidence.HIGH, Confidence::min);
    }
}
