package io.rolecall.detection;

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
 * The mission's thesis: a single-tenant application is registered, and its service principal gets a far-reaching permission from
 * an address that is not the organisation's. One finding per registration, whichever event arrives first.
 */
final class SingleTenantAppAbuse implements Detection {

    private static final String WINDOW = "window";
    static final String PERMISSION_SET = "permission-set";
    private static final String PERMISSION_TYPES = "permission-types";
    static final String REQUIRE_EXTERNAL_IP = "require-external-ip";
    private static final String TENANCY = "tenancy";
    private static final Duration DEFAULT_WINDOW = Duration.ofDays(30);

    private static final DetectionCard CARD = new DetectionCard(
            "single-tenant-app-abuse",
            1,
            SubjectKind.APPLICATION,
            "New single-tenant application given far-reaching permissions from outside",
            "A single-tenant application is registered and, within the window, an application role of the permission set is"
                    + " assigned to its service principal from an address that is not the organisation's.",
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
                    Parameter.permissionSet(PERMISSION_SET, "permissive", "Set of permissions that count."),
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
            Cards.operations(Cards.ROLES, Cards.SCOPES, List.of(Operations.ADD_APPLICATION)),
            List.of(Set.of(Operations.ADD_APPLICATION), Set.of(Operations.ADD_APP_ROLE)),
            DEFAULT_WINDOW);

    /**
     * A risky grant and what to make of it.
     *
     * @param inWindow whether it came within the window after the registration
     */
    record Judged(Grant grant, ResolvedAddress address, boolean inWindow, Mandate mandate, Severity severity) {}

    @Override
    public DetectionCard card() {
        return CARD;
    }

    @Override
    public Evaluation evaluate(DetectionInput input) {
        boolean any = input.settings().word(TENANCY).equals("any");
        Optional<Registered> registered = Registered.of(input.history())
                .or(() -> any ? Registered.servicePrincipal(input.history()) : Optional.empty());
        List<Grant> risky = risky(input);
        List<Judged> judged = registered.map(app -> judge(input, app, risky)).orElse(List.of());
        List<Judged> counting = judged.stream()
                .filter(one -> !input.settings().flag(REQUIRE_EXTERNAL_IP)
                        || one.address().addressClass() != AddressClass.ORGANIZATION)
                .sorted(Comparator.comparing(Judged::severity)
                        .reversed()
                        .thenComparing(one -> Addresses.rank(one.address()))
                        .thenComparing(one -> one.grant().act(), Facts.ORDER))
                .toList();
        boolean tenancyFits = any
                || registered
                        .flatMap(Registered::tenancy)
                        .filter("single"::equals)
                        .isPresent();
        List<Condition> conditions = List.of(
                SingleTenantStages.registration(registered, any),
                SingleTenantStages.tenancy(registered, any),
                SingleTenantStages.permission(input, risky),
                SingleTenantStages.time(registered, risky, judged),
                SingleTenantStages.address(input, judged, counting));
        List<Finding> findings = registered.isPresent() && tenancyFits && !counting.isEmpty()
                ? List.of(finding(input, registered.get(), judged, counting))
                : List.of();
        return Evaluation.of(findings, conditions);
    }

    private static List<Grant> risky(DetectionInput input) {
        String set = input.settings().word(PERMISSION_SET);
        List<String> types = input.settings().words(PERMISSION_TYPES);
        return Grants.of(input.history().acts()).stream()
                .filter(grant -> types.contains(grant.permission().type().label()))
                .filter(grant -> input.policy().permissionSets().contains(set, grant.permission()))
                .toList();
    }

    private static List<Judged> judge(DetectionInput input, Registered registered, List<Grant> risky) {
        Instant start = registered.at().minus(Facts.CLOCK_SKEW);
        Instant end = registered.at().plus(input.settings().duration(WINDOW));
        List<Judged> judged = new ArrayList<>();
        for (Grant grant : risky) {
            if (!grant.time().isBefore(start)) {
                ResolvedAddress address = input.addressOf(grant.act());
                boolean inWindow = !grant.time().isAfter(end);
                Mandate mandate = Mandate.ofGrant(input.policy(), grant, address);
                Severity base =
                        switch (address.addressClass()) {
                            case EXTERNAL -> Severity.CRITICAL;
                            case UNKNOWN, MICROSOFT_SERVICE -> Severity.HIGH;
                            case ORGANIZATION -> Severity.MEDIUM;
                        };
                judged.add(
                        new Judged(grant, address, inWindow, mandate, mandate.apply(inWindow ? base : base.lower())));
            }
        }
        return judged;
    }

    private static Finding finding(
            DetectionInput input, Registered registered, List<Judged> judged, List<Judged> counting) {
        Judged worst = counting.get(0);
        List<AppEvent> decided = Facts.distinct(
                Stream.concat(registered.facts().stream(), judged.stream().map(one -> one.grant()
                                .act()))
                        .toList());
        List<Permission> permissions =
                judged.stream().map(one -> one.grant().permission()).distinct().toList();
        List<Participant> participants = new ArrayList<>();
        registered.act().ifPresent(act -> participants.add(new Participant("registered", act, input.addressOf(act))));
        judged.forEach(
                one -> participants.add(new Participant("granted", one.grant().act(), one.address())));
        boolean contained = Lifecycle.ended(input.history().acts()).isPresent()
                || judged.stream().allMatch(one -> one.grant().undone());
        String values = permissions.stream().map(Permission::value).distinct().collect(Collectors.joining(", "));
        return new Finding(
                List.of(),
                registered.at(),
                worst.severity(),
                Addresses.confidence(worst.grant().act(), worst.address()),
                kind(registered) + " given " + values,
                explanation(registered, judged, worst) + AppLists.approval(input.policy(), input.history()),
                Facts.evidence(decided),
                decided.size(),
                participants,
                permissions,
                risks(input, registered, judged, worst, permissions),
                contained);
    }

    private static String kind(Registered registered) {
        if (!registered.inTenant()) {
            return "Application from elsewhere";
        }
        return registered
                .tenancy()
                .map(tenancy ->
                        tenancy.equals("single") ? "New single-tenant application" : "New multi-tenant application")
                .orElse("New application");
    }

    private static String explanation(Registered registered, List<Judged> judged, Judged worst) {
        String who = registered.act().map(act -> " by " + Facts.actor(act)).orElse("");
        String class_ =
                switch (worst.address().addressClass()) {
                    case EXTERNAL -> "";
                    case ORGANIZATION -> " That address is the organisation's own.";
                    case UNKNOWN -> " Whether that address is the organisation's is not known.";
                    case MICROSOFT_SERVICE ->
                        " That address is a front-end of Entra ID, which stands for whoever used it.";
                };
        return "The application was " + registered.label() + " at " + Facts.time(registered.at()) + who + ". "
                + worst.grant().label() + " was granted " + after(registered, worst) + " by "
                + Facts.actor(worst.grant().act()) + " from " + Addresses.label(worst.address()) + "." + class_
                + (judged.size() > 1 ? " " + Facts.count(judged.size(), "assignment") + " in all." : "");
    }

    private static String after(Registered registered, Judged one) {
        Duration age = Duration.between(registered.at(), one.grant().time());
        return age.isNegative() ? "in the same moment" : Facts.length(age) + " later";
    }

    private static List<String> risks(
            DetectionInput input,
            Registered registered,
            List<Judged> judged,
            Judged worst,
            List<Permission> permissions) {
        List<String> risks = new ArrayList<>();
        if (!worst.inWindow()) {
            Duration age = Duration.between(registered.at(), worst.grant().time());
            risks.add("The application was already " + Facts.length(age) + " old when the permission was granted");
        }
        if (permissions.stream()
                .anyMatch(permission -> input.policy().permissionSets().contains("tier-0", permission))) {
            risks.add("A granted permission lets the application make itself or others administrator");
        }
        if (permissions.size() > 1) {
            risks.add(permissions.size() + " far-reaching permissions were granted");
        }
        judged.stream()
                .flatMap(one -> one.mandate().risk().stream())
                .findFirst()
                .ifPresent(risks::add);
        AppLists.risk(input.policy(), input.history()).ifPresent(risks::add);
        return risks;
    }
}
