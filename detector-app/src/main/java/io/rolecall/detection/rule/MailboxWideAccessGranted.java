package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.Mandate;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** An application role that opens every mailbox of the tenant is granted. One finding a role, however often it is granted. */
public final class MailboxWideAccessGranted implements Detection {

    private static final Param<List<String>> SETS =
            Param.permissionSets(List.of("mailbox-wide"), "Sets of roles that open every mailbox: high.");
    private static final Param<String> BASIC = Param.permissionSet(
            "basic-set", "mailbox-read-basic", "Set of roles that show less of every mailbox than its mail: medium.");

    private static final Reads READS =
            Reads.of(Grants.OF_ROLES).needing(Operations.ADD_APP_ROLE).within(Duration.ofDays(30));

    @Override
    public String id() {
        return "mailbox-wide-access-granted";
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
        return List.of(SETS, BASIC);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        List<Grant> roles =
                in.history().grants().stream().filter(Grant::isOfApplication).toList();
        return in.candidates(
                        "An application role of the sets " + String.join(", ", in.get(SETS)) + ", " + in.get(BASIC)
                                + " was granted",
                        roles.stream()
                                .filter(grant -> isWide(in, grant)
                                        || in.policy().permissionSets().contains(in.get(BASIC), grant.permission()))
                                .toList(),
                        Grant::act,
                        Grant::label,
                        roles.isEmpty() ? "No application role was granted" : "Granted only: " + Grant.labels(roles))
                .note(
                        "With it the application reads or sends mail, and not only what stands about it",
                        grant -> Answer.of(isWide(in, grant), grant.label()))
                .note("It was granted from an address that is not the organisation's", grant -> in.outside(grant.act()))
                .findEach(Grant::key, same -> finding(in, same));
    }

    private static boolean isWide(DetectionInput in, Grant grant) {
        return in.policy().permissionSets().contains(in.get(SETS), grant.permission());
    }

    private static Finding finding(DetectionInput in, List<Grant> same) {
        Grant first = same.get(0);
        boolean wide = isWide(in, first);
        Severity byRule = wide ? Severity.HIGH : Severity.MEDIUM;
        List<AppEvent> acts = Facts.distinct(same.stream().map(Grant::act).toList());
        List<Mandate> mandates = same.stream()
                .map(grant -> Mandate.ofGrant(in.policy(), grant, in.addressOf(grant.act())))
                .toList();
        return in.finding(first.act())
                .anchor(first.key())
                .severity(byRule, mandates)
                .confidence(in.confidenceIn(first.act()))
                .title((wide ? "Access to every mailbox granted: " : "Basic access to every mailbox granted: ")
                        + first.permission().value())
                .says(Facts.actor(first.act()) + " granted " + first.label() + " at " + Facts.time(first.time())
                        + " from " + Addresses.label(in.addressOf(first.act())) + "."
                        + (wide
                                ? " With it the application acts in every mailbox of the tenant, without any user."
                                : " With it the application sees of every mailbox who wrote when about what, or how it is"
                                        + " set up, without any user.")
                        + " Unless Exchange Online limits it to some mailboxes, which no log of the grant shows."
                        + (acts.size() > 1 ? " It was granted " + acts.size() + " times." : ""))
                .risk(
                        acts.stream().anyMatch(in::isFromOutside),
                        RiskKind.FROM_OUTSIDE,
                        "Granted from an address that is not the organisation's")
                .risk(
                        acts.stream().anyMatch(act -> act.getActor().getType().equals("application")),
                        "Granted by an application, not by a person")
                .by("granted", acts)
                .permissions(List.of(first.permission()))
                .undone(same.stream().allMatch(Grant::undone))
                .build();
    }
}
