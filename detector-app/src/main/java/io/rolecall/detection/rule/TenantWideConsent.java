package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Conversions;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Gain;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.Mandate;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * An application gets risky scopes for every user of the tenant, by a consent or by a grant alone. What counts is what was really
 * added. One finding an API, however often scopes of it are added.
 */
public final class TenantWideConsent implements Detection {

    private static final Param<List<String>> SETS = Param.permissionSets(
            List.of("risky-scopes"), "Permission sets whose delegated scopes raise an alert when they are added.");

    private static final Reads READS = Reads.of(Grants.OF_SCOPES)
            .needing(Operations.CONSENT, Operations.ADD_DELEGATED_GRANT)
            .within(Duration.ofDays(30));

    @Override
    public String id() {
        return "tenant-wide-consent";
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
        return List.of(SETS);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        return in.candidates(
                        "Scopes were added for all users",
                        Conversions.withThem(in.application(), in.policy().permissionSets()),
                        Gain::main,
                        Gain::label,
                        "No successful consent or grant for all users added any")
                .where("A scope of the sets " + String.join(", ", in.get(SETS)) + " is among them", gain -> {
                    List<Permission> risky = risky(in, gain);
                    return risky.isEmpty() ? Answer.no("only " + gain.label()) : Answer.yes(Permission.values(risky));
                })
                .note("It was done from an address that is not the organisation's", gain -> in.outside(gain.main()))
                .findEach(Gain::api, gains -> finding(in, gains));
    }

    private static List<Permission> risky(DetectionInput in, Gain gain) {
        return gain.in(in.policy().permissionSets(), in.get(SETS));
    }

    private static Finding finding(DetectionInput in, List<Gain> gains) {
        Gain first = gains.get(0);
        AppEvent main = first.main();
        List<AppEvent> acts = Facts.distinct(gains.stream().map(Gain::main).toList());
        List<Permission> permissions = gains.stream()
                .flatMap(gain -> risky(in, gain).stream())
                .distinct()
                .toList();
        List<Mandate> mandates = gains.stream()
                .map(gain ->
                        Mandate.ofPermissions(in.policy(), gain.main(), in.addressOf(gain.main()), risky(in, gain)))
                .toList();
        return in.finding(main)
                .anchor(first.api())
                .severity(Severity.HIGH, mandates)
                .confidence(in.confidenceIn(main))
                .title("Access to " + Permission.values(permissions) + " of every user opened to an application")
                .says(Facts.actor(main) + " gave the application " + Permission.values(risky(in, first)) + " of "
                        + first.apiName() + " for all users at " + Facts.time(first.time()) + " from "
                        + Addresses.label(in.addressOf(main))
                        + ". Nobody is asked any more: the application reaches the data of whoever signs in to it."
                        + (acts.size() > 1 ? " Scopes were added " + acts.size() + " times." : ""))
                .risk(
                        acts.stream().anyMatch(in::isFromOutside),
                        RiskKind.FROM_OUTSIDE,
                        "Done from an address that is not the organisation's")
                .risk(
                        acts.stream().noneMatch(act -> Facts.is(act, Operations.CONSENT)),
                        "Granted without a consent page")
                .by("consented", Gain.consents(gains))
                .by("granted", Gain.grants(gains))
                .shownBy(gains.stream().map(Gain::act).toList())
                .permissions(permissions)
                .undone(Gain.allLost(gains, permissions))
                .build();
    }
}
