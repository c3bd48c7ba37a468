package io.rolecall.detection.rule;

import io.rolecall.detection.Condition;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionCard;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Participant;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AppLists;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.HeldPermissions;
import io.rolecall.detection.read.Lifecycle;
import io.rolecall.detection.read.Mandate;
import io.rolecall.detection.read.Registered;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.network.AddressClass;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An application role with which an application can make itself or others administrator is granted; or another far-reaching one
 * to an application whose registration was never seen. One finding per role, however often it is granted again.
 */
public final class PrivilegedRoleGranted implements Detection {

    private static final String TIER_0 = "tier-0";
    private static final String PERMISSIVE = "permissive";

    private static final DetectionCard CARD = new DetectionCard(
            "privileged-role-granted",
            2,
            SubjectKind.APPLICATION,
            "Privileged application role granted",
            "An application role of tier-0 that it did not hold just before is granted to a service principal, or another"
                    + " permissive role to an application whose registration was never seen.",
            Severity.HIGH,
            List.of(Cards.PERSISTENT_ROLES, Cards.ESCALATING_ROLES),
            List.of(
                    "A planned roll-out of a governance, backup or identity product, approved by a change",
                    "Infrastructure code grants the role to its own service principal: name it as trusted automation",
                    "Synchronisation products of Microsoft get such roles when they are set up"),
            List.of(
                    "Roles granted before the data begins",
                    "Administrator rights through directory roles instead of API permissions",
                    "Roles of an organisation's own APIs that lead to the same power"),
            Cards.references(
                    List.of(Cards.PERSISTENT_ROLES),
                    "https://maester.dev/docs/tests/MT.1050",
                    Cards.PERMISSIONS_REFERENCE,
                    Cards.APP_PLAYBOOK),
            List.of(),
            Cards.operations(Cards.ROLES, List.of(Operations.ADD_APPLICATION)),
            List.of(Set.of(Operations.ADD_APP_ROLE)),
            Duration.ofDays(30));

    private record EvaluatedRole(Grant grant, ResolvedAddress address, Mandate mandate) {}

    @Override
    public DetectionCard card() {
        return CARD;
    }

    @Override
    public Evaluation evaluate(DetectionInput input) {
        Optional<Registered> registered = Registered.of(input.history());
        Map<String, List<Grant>> byRole = new TreeMap<>();
        List<Grant> roles = Grants.of(input.history().acts()).stream()
                .filter(grant -> grant.permission().type() == Permission.Type.APPLICATION)
                .toList();
        roles.stream()
                .filter(grant -> contains(input, TIER_0, grant) || contains(input, PERMISSIVE, grant))
                .forEach(grant -> byRole.computeIfAbsent(anchor(grant), key -> new ArrayList<>())
                        .add(grant));
        List<Finding> findings = new ArrayList<>();
        List<Grant> again = new ArrayList<>();
        byRole.forEach((anchor, grants) -> {
            List<Grant> granted =
                    grants.stream().filter(grant -> isNew(input, grant, grants)).toList();
            grants.stream().filter(grant -> !granted.contains(grant)).forEach(again::add);
            if (!granted.isEmpty() && (registered.isEmpty() || contains(input, TIER_0, grants.get(0)))) {
                findings.add(finding(input, anchor, granted, grants.stream().allMatch(Grant::undone)));
            }
        });
        findings.sort(Comparator.comparing(Finding::anchorTime)
                .thenComparing(finding -> finding.anchor().get(0)));
        List<Condition> conditions = List.of(
                granted("A role of tier-0 was granted", roles, grant -> contains(input, TIER_0, grant)),
                granted(
                        "Another permissive role was granted",
                        roles,
                        grant -> !contains(input, TIER_0, grant) && contains(input, PERMISSIVE, grant)),
                newly(byRole.values().stream().flatMap(List::stream).toList(), again),
                unregistered(registered));
        return Evaluation.of(findings, conditions);
    }

    /**
     * Whether the role was not held just before, by history, profile and inventory. Of a grant or removal whose order the logs do
     * not tell, the reading that makes it new counts.
     */
    private static boolean isNew(DetectionInput input, Grant grant, List<Grant> ofRole) {
        boolean heldInHistory = ofRole.stream()
                .filter(other -> Facts.surelyBefore(other.time(), grant.time()))
                .anyMatch(other -> other.undoneBy()
                        .filter(removal -> Facts.mayPrecede(removal.getEventTime(), grant.time()))
                        .isEmpty());
        return !heldInHistory
                && !HeldPermissions.heldBefore(input.history().profile(), grant.permission(), grant.time());
    }

    private static boolean contains(DetectionInput input, String set, Grant grant) {
        return input.policy().permissionSets().contains(set, grant.permission());
    }

    private static String anchor(Grant grant) {
        return grant.permission().resourceAppId() + "/"
                + grant.roleId().orElse(grant.permission().value());
    }

    private static Finding finding(DetectionInput input, String anchor, List<Grant> grants, boolean gone) {
        boolean tier0 = contains(input, TIER_0, grants.get(0));
        Severity base = tier0 ? Severity.HIGH : Severity.MEDIUM;
        List<EvaluatedRole> evaluated = grants.stream()
                .map(grant -> {
                    ResolvedAddress address = input.addressOf(grant.act());
                    return new EvaluatedRole(grant, address, Mandate.ofGrant(input.policy(), grant, address));
                })
                .toList();
        EvaluatedRole first = evaluated.get(0);
        Severity severity =
                evaluated.stream().map(one -> one.mandate().apply(base)).reduce(Severity.INFORMATIONAL, Severity::max);
        List<AppEvent> acts = Facts.distinct(grants.stream().map(Grant::act).toList());
        String label = first.grant().label();
        String why = tier0
                ? " With it an application can make itself or others administrator."
                : " The registration of this application was never seen.";
        return new Finding(
                List.of(anchor),
                first.grant().time(),
                severity,
                Addresses.confidence(first.grant().act(), first.address()),
                (tier0 ? "Privileged role " : "Far-reaching role ")
                        + first.grant().permission().value() + " granted",
                Facts.actor(first.grant().act()) + " granted " + label + " at "
                        + Facts.time(first.grant().time()) + " from " + Addresses.label(first.address()) + "." + why
                        + (acts.size() > 1 ? " It was granted " + acts.size() + " times." : "")
                        + AppLists.approval(input.policy(), input.history()),
                Facts.evidence(acts),
                acts.size(),
                evaluated.stream()
                        .map(one -> new Participant("granted", one.grant().act(), one.address()))
                        .toList(),
                List.of(first.grant().permission()),
                risks(input, evaluated),
                Lifecycle.ended(input.history().acts()).isPresent() || gone);
    }

    private static List<String> risks(DetectionInput input, List<EvaluatedRole> evaluated) {
        List<String> risks = new ArrayList<>();
        if (evaluated.stream().anyMatch(one -> one.address().addressClass() == AddressClass.EXTERNAL)) {
            risks.add("Granted from an address that is not the organisation's");
        }
        if (evaluated.stream()
                .anyMatch(one -> one.grant().act().getActor().getType().equals("application"))) {
            risks.add("Granted by an application, not by a person");
        }
        evaluated.stream()
                .flatMap(one -> one.mandate().risk().stream())
                .findFirst()
                .ifPresent(risks::add);
        AppLists.risk(input.policy(), input.history()).ifPresent(risks::add);
        return risks;
    }

    private static Condition granted(String name, List<Grant> roles, java.util.function.Predicate<Grant> counts) {
        List<Grant> found = roles.stream().filter(counts).toList();
        if (!found.isEmpty()) {
            return Condition.met(
                    name, labels(found), found.stream().map(Grant::act).toList());
        }
        return Condition.notMet(
                name,
                roles.isEmpty() ? "No application role was granted." : "Granted only: " + labels(roles),
                List.of());
    }

    private static Condition newly(List<Grant> listed, List<Grant> again) {
        String name = "The application did not hold the role just before";
        if (listed.isEmpty()) {
            return Condition.unknown(name, "There is no grant to evaluate.", List.of());
        }
        List<AppEvent> facts = again.stream().map(Grant::act).toList();
        return listed.size() > again.size()
                ? Condition.met(
                        name,
                        again.isEmpty() ? "No earlier grant is known." : "Held before another grant: " + labels(again),
                        facts)
                : Condition.notMet(name, "Held already: " + labels(again), facts);
    }

    private static String labels(List<Grant> grants) {
        return grants.stream().map(Grant::label).distinct().collect(Collectors.joining(", ")) + ".";
    }

    private static Condition unregistered(Optional<Registered> registered) {
        String name = "The registration of the application was never seen (needed unless the role is of tier-0)";
        return registered
                .map(app -> Condition.notMet(name, "It was registered at " + Facts.time(app.at()) + ".", app.facts()))
                .orElseGet(() -> Condition.met(name, "No successful add-application.", List.of()));
    }
}
