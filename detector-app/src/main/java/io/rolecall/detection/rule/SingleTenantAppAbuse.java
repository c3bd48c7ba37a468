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
import io.rolecall.detection.read.Lifecycle;
import io.rolecall.detection.read.Mandate;
import io.rolecall.detection.read.Registered;
import io.rolecall.detection.read.Tenancies;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.network.AddressClass;
import io.rolecall.policy.Parameter;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A single-tenant application is registered, and its service principal gets a far-reaching permission from
 * an address that is not the organisation's. One finding per registration, whichever event arrives first.
 */
public final class SingleTenantAppAbuse implements Detection {

    private static final String WINDOW = "window";
    private static final String PERMISSION_TYPES = "permission-types";
    static final String REQUIRE_EXTERNAL_IP = "require-external-ip";
    private static final String TENANCY = "tenancy";
    private static final Duration DEFAULT_WINDOW = Duration.ofDays(30);

    private static final DetectionCard CARD = new DetectionCard(
            "single-tenant-app-abuse",
            2,
            SubjectKind.APPLICATION,
            "New single-tenant application given far-reaching permissions from outside",
            "A single-tenant application is registered and, within the window, an application role of the permission sets is"
                    + " assigned to its service principal from an address that is not the organisation's. It counts as"
                    + " single-tenant when it was so as registered, or when the role was assigned.",
            Severity.CRITICAL,
            List.of(Cards.CLOUD_ACCOUNTS, Cards.PERSISTENT_ROLES, Cards.ESCALATING_ROLES),
            List.of(
                    "A developer or consultant works from a network that is not in the organisation's list",
                    "A deployment pipeline on hosted runners registers applications and grants them permissions",
                    "A backup, archive or migration product was set up by its vendor's engineer"),
            List.of(
                    "Applications registered in another tenant, unless tenancy is any",
                    "Assignments from the organisation's own addresses, unless require-external-ip is false",
                    "An application whose registration is older than the data",
                    "Directory roles given to the service principal instead of API permissions"),
            Cards.references(
                    List.of(Cards.CLOUD_ACCOUNTS, Cards.PERSISTENT_ROLES),
                    Cards.AUDIT_REFERENCE,
                    Cards.PERMISSIONS_REFERENCE,
                    Cards.APP_PLAYBOOK),
            List.of(
                    Parameter.duration(
                            WINDOW,
                            DEFAULT_WINDOW,
                            Duration.ofMinutes(1),
                            Duration.ofDays(365),
                            "Longest time from registration to assignment; after it the severity is one step lower."),
                    Parameter.permissionSets(List.of("permissive"), "Sets of permissions that count."),
                    Parameter.words(
                            PERMISSION_TYPES,
                            List.of("application"),
                            List.of("application", "delegated"),
                            "Kinds of permissions that count; delegated means scopes granted for all principals."),
                    Parameter.flag(
                            REQUIRE_EXTERNAL_IP,
                            true,
                            "Whether assignments from the organisation's own addresses are silent."),
                    Parameter.word(
                            TENANCY,
                            "single",
                            List.of("single", "any"),
                            "Applications that count: registered for this tenant only, or any, also added from elsewhere.")),
            Cards.operations(
                    Cards.ROLES, Cards.SCOPES, List.of(Operations.ADD_APPLICATION, Operations.UPDATE_APPLICATION)),
            List.of(Set.of(Operations.ADD_APPLICATION), Set.of(Operations.ADD_APP_ROLE)),
            DEFAULT_WINDOW);

    /**
     * A risky grant and what to make of it.
     *
     * @param inWindow whether it came within the window after the registration
     */
    record EvaluatedGrant(Grant grant, ResolvedAddress address, boolean inWindow, Mandate mandate, Severity severity) {}

    @Override
    public DetectionCard card() {
        return CARD;
    }

    @Override
    public Evaluation evaluate(DetectionInput input) {
        boolean any = input.settings().word(TENANCY).equals("any");
        Optional<Registered> registered = Registered.of(input.history())
                .or(() -> any ? Registered.servicePrincipal(input.history()) : Optional.empty());
        Tenancies tenancies = Tenancies.of(input.history(), registered);
        List<Grant> risky = risky(input);
        List<EvaluatedGrant> evaluated =
                registered.map(app -> evaluateGrants(input, app, risky)).orElse(List.of());
        List<EvaluatedGrant> counting = evaluated.stream()
                .filter(one -> any || tenancies.countsAt(one.grant().time()))
                .filter(one -> !input.settings().flag(REQUIRE_EXTERNAL_IP)
                        || one.address().addressClass() != AddressClass.ORGANIZATION)
                .sorted(Comparator.comparing(EvaluatedGrant::severity)
                        .reversed()
                        .thenComparing(one -> Addresses.rank(one.address()))
                        .thenComparing(one -> one.grant().act(), Facts.ORDER))
                .toList();
        List<Condition> conditions = List.of(
                SingleTenantStages.registration(registered, any),
                SingleTenantStages.tenancy(registered, tenancies, evaluated, any),
                SingleTenantStages.permission(input, risky),
                SingleTenantStages.time(registered, risky, evaluated),
                SingleTenantStages.address(input, evaluated, counting));
        List<Finding> findings = registered.isPresent() && !counting.isEmpty()
                ? List.of(finding(input, registered.get(), tenancies, evaluated, counting))
                : List.of();
        return Evaluation.of(findings, conditions);
    }

    private static List<Grant> risky(DetectionInput input) {
        List<String> sets = input.settings().words(Parameter.PERMISSION_SETS);
        List<String> types = input.settings().words(PERMISSION_TYPES);
        return Grants.of(input.history().acts()).stream()
                .filter(grant -> types.contains(grant.permission().type().label()))
                .filter(grant -> input.policy().permissionSets().contains(sets, grant.permission()))
                .toList();
    }

    private static List<EvaluatedGrant> evaluateGrants(DetectionInput input, Registered registered, List<Grant> risky) {
        Instant end = registered.at().plus(input.settings().duration(WINDOW));
        List<EvaluatedGrant> evaluated = new ArrayList<>();
        for (Grant grant : risky) {
            if (Facts.mayPrecede(registered.at(), grant.time())) {
                ResolvedAddress address = input.addressOf(grant.act());
                boolean inWindow = Facts.mayPrecede(grant.time(), end);
                Mandate mandate = Mandate.ofGrant(input.policy(), grant, address);
                Severity base =
                        switch (address.addressClass()) {
                            case EXTERNAL -> Severity.CRITICAL;
                            case UNKNOWN, MICROSOFT_SERVICE -> Severity.HIGH;
                            case ORGANIZATION -> Severity.MEDIUM;
                        };
                evaluated.add(new EvaluatedGrant(
                        grant, address, inWindow, mandate, mandate.apply(inWindow ? base : base.lower())));
            }
        }
        return evaluated;
    }

    private static Finding finding(
            DetectionInput input,
            Registered registered,
            Tenancies tenancies,
            List<EvaluatedGrant> evaluated,
            List<EvaluatedGrant> counting) {
        EvaluatedGrant worst = counting.get(0);
        List<Tenancies.Change> flips = tenancies.flipsBefore(counting.stream()
                .map(one -> one.grant().time())
                .max(Comparator.naturalOrder())
                .orElseThrow());
        List<AppEvent> decided = Facts.distinct(Stream.of(
                        registered.facts().stream(),
                        flips.stream().flatMap(flip -> flip.act().stream()),
                        evaluated.stream().map(one -> one.grant().act()))
                .flatMap(acts -> acts)
                .toList());
        List<Permission> permissions = evaluated.stream()
                .map(one -> one.grant().permission())
                .distinct()
                .toList();
        List<Participant> participants = new ArrayList<>();
        registered.act().ifPresent(act -> participants.add(new Participant("registered", act, input.addressOf(act))));
        evaluated.forEach(
                one -> participants.add(new Participant("granted", one.grant().act(), one.address())));
        boolean contained = Lifecycle.ended(input.history().acts()).isPresent()
                || evaluated.stream().allMatch(one -> one.grant().undone());
        String values = permissions.stream().map(Permission::value).distinct().collect(Collectors.joining(", "));
        return new Finding(
                List.of(),
                registered.at(),
                worst.severity(),
                Addresses.confidence(worst.grant().act(), worst.address()),
                SingleTenantWords.kind(registered, tenancies, worst) + " given " + values,
                SingleTenantWords.explanation(registered, flips, evaluated, worst)
                        + AppLists.approval(input.policy(), input.history()),
                Facts.evidence(decided),
                decided.size(),
                participants,
                permissions,
                SingleTenantWords.risks(input, registered, flips, evaluated, worst, permissions),
                contained);
    }
}
