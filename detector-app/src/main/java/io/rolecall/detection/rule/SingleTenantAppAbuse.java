package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Candidates;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Declarations;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.Mandate;
import io.rolecall.detection.read.Registered;
import io.rolecall.detection.read.Tenancies;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A single-tenant application is registered, and its service principal gets a far-reaching permission from
 * an address that is not the organisation's. One finding per registration, whichever event arrives first.
 */
public final class SingleTenantAppAbuse implements Detection {

    private static final Param<Duration> WINDOW = Param.duration(
            "window",
            Duration.ofDays(30),
            Duration.ofMinutes(1),
            Duration.ofDays(365),
            "Longest time from registration to assignment; after it the severity is one step lower.");
    private static final Param<List<String>> SETS =
            Param.permissionSets(List.of("permissive"), "Sets of permissions that count.");
    private static final Param<List<String>> TYPES = Param.words(
            "permission-types",
            List.of("application"),
            List.of("application", "delegated"),
            "Kinds of permissions that count; delegated means scopes granted for all principals.");
    private static final Param<Boolean> EXTERNAL = Param.flag(
            "require-external-ip", true, "Whether assignments from the organisation's own addresses are silent.");
    private static final Param<String> TENANCY = Param.word(
            "tenancy",
            "single",
            List.of("single", "any"),
            "Applications that count: registered for this tenant only, or any, also added from elsewhere.");

    private static final Reads READS = Reads.of(
                    Grants.OF_ROLES,
                    Grants.OF_SCOPES,
                    List.of(Operations.ADD_APPLICATION, Operations.UPDATE_APPLICATION))
            .needing(Operations.ADD_APPLICATION)
            .needing(Operations.ADD_APP_ROLE)
            .within(WINDOW);

    /** A grant of a permission that counts, and what to make of it. */
    private record Granted(Grant grant, ResolvedAddress address, boolean inWindow, Mandate mandate, Severity severity) {

        AppEvent act() {
            return grant.act();
        }

        Instant time() {
            return grant.time();
        }
    }

    @Override
    public String id() {
        return "single-tenant-app-abuse";
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
        return List.of(WINDOW, SETS, TYPES, EXTERNAL, TENANCY);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        boolean any = in.get(TENANCY).equals("any");
        List<Grant> grants = in.history().grants();
        Optional<Registered> registered = Registered.of(in.history())
                .or(() -> any ? Registered.servicePrincipal(in.history()) : Optional.empty());
        Tenancies tenancies = Tenancies.of(in.history(), registered);
        Candidates<Granted> after = in.candidates(
                        "A permission of the sets " + String.join(", ", in.get(SETS)) + " was granted",
                        grants.stream()
                                .filter(grant -> in.get(TYPES)
                                        .contains(grant.permission().type().label()))
                                .filter(grant ->
                                        in.policy().permissionSets().contains(in.get(SETS), grant.permission()))
                                .toList(),
                        Grant::act,
                        Grant::label,
                        nothingRisky(in, grants))
                .where(
                        any
                                ? "The registration, or the addition of the service principal, was seen"
                                : "The registration of the application was seen",
                        grant -> registered
                                .map(app -> Answer.yes(app.label() + " at " + Facts.time(app.at()))
                                        .by(app.facts()))
                                .orElseGet(() -> Answer.no(
                                        "no successful add-application: it failed, or is older than the data")))
                .where(
                        "The permission was granted after it",
                        grant -> Answer.of(
                                Facts.mayPrecede(registered.orElseThrow().at(), grant.time()),
                                "granted at " + Facts.time(grant.time())))
                .as(grant -> granted(in, registered.orElseThrow(), grant), Granted::act);
        List<Granted> all = after.left();
        return after.note(
                        "It was granted within the window, after which the severity is one lower",
                        one -> Answer.of(one.inWindow(), "granted at " + Facts.time(one.time())))
                .where(
                        "It was single-tenant when registered, or when the permission was granted",
                        one -> any ? Answer.yes("the policy asks for any tenancy") : singleTenant(tenancies, one))
                .where(
                        "It was granted from an address that is not the organisation's",
                        one -> in.get(EXTERNAL)
                                ? in.outside(one.act())
                                : Answer.yes("the policy drops this condition; from " + Addresses.label(one.address())))
                .findOne(counting -> finding(in, registered.orElseThrow(), tenancies, all, counting));
    }

    private static Granted granted(DetectionInput in, Registered registered, Grant grant) {
        ResolvedAddress address = in.addressOf(grant.act());
        boolean inWindow = Facts.mayPrecede(grant.time(), registered.at().plus(in.get(WINDOW)));
        Mandate mandate = Mandate.ofGrant(in.policy(), grant, address);
        Severity base =
                switch (address.addressClass()) {
                    case EXTERNAL -> Severity.CRITICAL;
                    case UNKNOWN, MICROSOFT_SERVICE -> Severity.HIGH;
                    case ORGANIZATION -> Severity.MEDIUM;
                };
        return new Granted(grant, address, inWindow, mandate, mandate.apply(base.lowerIf(!inWindow)));
    }

    private static Answer singleTenant(Tenancies tenancies, Granted one) {
        if (tenancies.countsAt(one.time())) {
            return Answer.yes(
                    tenancies.singleAsRegistered()
                            ? "its tenancy as registered is single"
                            : "it was single when the permission was granted");
        }
        return tenancies.known()
                ? Answer.no("it was not; the switch tenancy: any lets it in")
                : Answer.cannotTell("no event states its tenancy");
    }

    private static String nothingRisky(DetectionInput in, List<Grant> grants) {
        long failed = in.history().acts().stream()
                .filter(act -> Facts.is(act, Operations.ADD_APP_ROLE) && !Facts.succeeded(act))
                .count();
        String others = grants.stream().map(Grant::label).distinct().collect(Collectors.joining(", "));
        return (others.isEmpty() ? "Nothing was granted" : "Granted only " + others)
                + (failed == 0 ? "" : "; " + Facts.count(failed, "grant") + " failed");
    }

    /**
     * Every grant after the registration is evidence once one counts, also those from the organisation's addresses.
     *
     * @param all grants after the registration
     * @param counting those for which every condition holds
     */
    private static Finding finding(
            DetectionInput in, Registered registered, Tenancies tenancies, List<Granted> all, List<Granted> counting) {
        Granted worst = counting.stream()
                .min(Comparator.comparing(Granted::severity)
                        .reversed()
                        .thenComparing(one -> Addresses.rank(one.address()))
                        .thenComparing(Granted::act, Facts.ORDER))
                .orElseThrow();
        Instant last = counting.stream()
                .map(Granted::time)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<Tenancies.Change> flips = tenancies.flipsBefore(last);
        List<Permission> permissions =
                all.stream().map(one -> one.grant().permission()).distinct().toList();
        return in.finding(worst.act())
                .at(registered.at())
                .severity(worst.severity())
                .mandates(all.stream().map(Granted::mandate).toList())
                .confidence(in.confidenceIn(worst.act()))
                .title(kind(registered, tenancies, worst) + " given " + Permission.values(permissions))
                .says(explanation(registered, flips, all, worst))
                .risk(
                        !worst.inWindow(),
                        "The application was already " + Facts.length(Duration.between(registered.at(), worst.time()))
                                + " old when the permission was granted")
                .risk(
                        !flips.isEmpty(),
                        "The application was made "
                                + (flips.isEmpty() ? "" : tenancy(flips.get(flips.size() - 1)))
                                + " between its registration and a grant")
                .risk(
                        permissions.stream()
                                .anyMatch(one -> in.policy().permissionSets().contains("tier-0", one)),
                        RiskKind.TIER_0,
                        "A granted permission lets the application make itself or others administrator")
                .risk(permissions.size() > 1, permissions.size() + " far-reaching permissions were granted")
                .by("registered", registered.facts())
                .by("granted", all.stream().map(Granted::act).toList())
                .shownBy(flips.stream().flatMap(flip -> flip.act().stream()).toList())
                .shownBy(Declarations.of(in.history())
                        .askedFor(all.stream().map(Granted::grant).toList()))
                .permissions(permissions)
                .undone(all.stream().allMatch(one -> one.grant().undone()))
                .build();
    }

    private static String kind(Registered registered, Tenancies tenancies, Granted worst) {
        if (!registered.inTenant()) {
            return "Application from elsewhere";
        }
        if (tenancies.countsAt(worst.time())) {
            return "New single-tenant application";
        }
        return tenancies.known() ? "New multi-tenant application" : "New application";
    }

    private static String explanation(
            Registered registered, List<Tenancies.Change> flips, List<Granted> all, Granted worst) {
        String flipped = flips.stream()
                .map(flip -> " It was made " + tenancy(flip) + " at " + Facts.time(flip.at()) + by(flip.act()) + ".")
                .collect(Collectors.joining());
        Duration age = Duration.between(registered.at(), worst.time());
        return "The application was " + registered.label() + " at " + Facts.time(registered.at())
                + by(registered.act()) + "." + flipped + " " + worst.grant().label() + " was granted "
                + (age.isNegative() ? "in the same moment" : Facts.length(age) + " later") + " by "
                + Facts.actor(worst.act()) + " from " + Addresses.label(worst.address()) + "."
                + Addresses.meaning(worst.address())
                + (all.size() > 1 ? " " + Facts.count(all.size(), "assignment") + " in all." : "");
    }

    private static String by(Optional<AppEvent> act) {
        return act.map(one -> " by " + Facts.actor(one)).orElse("");
    }

    private static String tenancy(Tenancies.Change change) {
        return change.isSingle() ? "single-tenant" : "multi-tenant";
    }
}
