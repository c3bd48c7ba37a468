package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AppLists;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Gain;
import io.rolecall.detection.read.Gains;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.UserGains;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A delegated grant that was there gains scopes beyond those of a sign-in, whatever the operation is called. One finding a grant:
 * an API and a user, or all users.
 */
public final class ConsentScopeEscalation implements Detection {

    private static final List<String> RISKY = List.of("risky-scopes");

    private static final Reads READS = Reads.of(Grants.OF_SCOPES, List.of(Operations.ADD_APP_ROLE_TO_USER))
            .needing(
                    Operations.CONSENT,
                    Operations.ADD_DELEGATED_GRANT,
                    Operations.UPDATE_DELEGATED_GRANT,
                    Operations.REMOVE_DELEGATED_GRANT)
            .within(Duration.ofDays(30));

    @Override
    public String id() {
        return "consent-scope-escalation";
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
        UserGains.Result ofUsers = UserGains.read(in.application(), in.focus());
        List<Gain> gains = Stream.concat(
                        Gains.forAll(in.history()).stream().map(Gain::ofGrant), ofUsers.gains().stream())
                .filter(gain -> !gain.scopes().isEmpty())
                .toList();
        return in.candidates(
                        "Scopes were added to a grant",
                        gains,
                        Gain::main,
                        Gain::label,
                        "No successful consent or grant added any")
                .covering(ofUsers.covered())
                .where(
                        "The grant held other scopes before",
                        gain -> Answer.of(
                                gain.existing(),
                                gain.label() + (gain.existing() ? " came to others" : " were its first")))
                .where(
                        "A scope beyond openid, profile, email, offline_access and User.Read is among them",
                        gain -> Answer.of(!gain.beyondBasic().isEmpty(), gain.label()))
                .note("A scope of the set risky-scopes is among them", gain -> {
                    List<Permission> risky = risky(in, gain);
                    return risky.isEmpty() ? Answer.no("only " + gain.label()) : Answer.yes(Permission.values(risky));
                })
                .findEach(Gain::anchor, same -> finding(in, same));
    }

    private static List<Permission> risky(DetectionInput in, Gain gain) {
        return gain.in(in.policy().permissionSets(), RISKY);
    }

    private static Finding finding(DetectionInput in, List<Gain> gains) {
        Gain first = gains.get(0);
        AppEvent main = first.main();
        List<AppEvent> acts = gains.stream().map(Gain::main).toList();
        List<Permission> permissions = gains.stream()
                .flatMap(gain -> gain.beyondBasic().stream())
                .distinct()
                .toList();
        boolean risky = gains.stream().anyMatch(gain -> !risky(in, gain).isEmpty());
        boolean forAll = first.principal().equals(Gains.ALL);
        Severity byRule = risky ? Severity.HIGH : Severity.MEDIUM;
        boolean tool = AppLists.isAdministrationTool(in.history().subject().id());
        return in.finding(main)
                .anchor(first.api(), first.principal())
                .severity(tool ? Severity.INFORMATIONAL : byRule)
                .title("Existing grant widened to " + Permission.values(permissions))
                .says(Facts.actor(main) + " added " + first.label() + " at " + Facts.time(first.time()) + " from "
                        + Addresses.label(in.addressOf(main)) + " to what the application already had of "
                        + first.apiName() + (forAll ? " for all users" : " for one user")
                        + ". A grant that grows is easily taken for the one that was approved."
                        + (gains.size() > 1 ? " It was widened " + gains.size() + " times." : "")
                        + (tool ? " The application is one of Microsoft's tools for administration." : ""))
                .risk(forAll, RiskKind.TENANT_WIDE, "The grant holds for all users")
                .risk(
                        gains.stream().anyMatch(gain -> gain.scopes().contains("offline_access")),
                        "offline_access came with it, so that access lasts without the user")
                .risk(
                        acts.stream().anyMatch(in::isFromOutside),
                        RiskKind.FROM_OUTSIDE,
                        "Done from an address that is not the organisation's")
                .by("consented", Gain.consents(gains))
                .by("granted", Gain.grants(gains))
                .shownBy(gains.stream().map(Gain::act).toList())
                .permissions(permissions)
                .undone(Gain.allLost(gains, permissions))
                .build();
    }
}
