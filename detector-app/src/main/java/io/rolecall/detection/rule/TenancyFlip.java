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
import io.rolecall.detection.read.HeldRoles;
import io.rolecall.detection.read.Registered;
import io.rolecall.detection.read.Tenancies;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** An application that holds far-reaching roles here is opened to users of other tenants. One finding an application. */
public final class TenancyFlip implements Detection {

    private static final Param<List<String>> SETS =
            Param.permissionSets(List.of("permissive"), "Sets of roles that count when they are held at the change.");

    private static final Reads READS = Reads.of(
                    Grants.OF_ROLES, List.of(Operations.ADD_APPLICATION, Operations.UPDATE_APPLICATION))
            .needing(Operations.UPDATE_APPLICATION)
            .needing(Operations.ADD_APP_ROLE)
            .within(Duration.ofDays(30));

    /** A change that opened the application, and the roles it held then. */
    private record Flip(Tenancies.Change change, AppEvent act, HeldRoles held) {}

    @Override
    public String id() {
        return "tenancy-flip";
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
        Tenancies tenancies = Tenancies.of(in.history(), Registered.of(in.history()));
        return in.candidates(
                        "It was made multi-tenant",
                        flips(in, tenancies),
                        Flip::act,
                        one -> "made " + one.change().tenancy() + " at "
                                + Facts.time(one.change().at()),
                        "No update made it multi-tenant")
                .where("It was not multi-tenant before", one -> tenancies
                        .before(one.change())
                        .map(was -> Answer.of(!Tenancies.isMulti(was), "it was " + was))
                        .orElseGet(() -> Answer.unknown("no earlier event states its tenancy")))
                .where(
                        "It held an application role of the sets " + String.join(", ", in.get(SETS)) + " then",
                        one -> Answer.of(
                                        one.held().any(),
                                        one.held().any()
                                                ? Permission.values(one.held().permissions())
                                                : "it held none")
                                .by(one.held().acts()))
                .findOne(flips -> finding(in, flips, tenancies));
    }

    /** Changes that only the profile still tells have no act that could be shown. */
    private static List<Flip> flips(DetectionInput in, Tenancies tenancies) {
        List<Grant> grants = in.history().grants();
        return tenancies.changes().stream()
                .filter(Tenancies.Change::isMulti)
                .flatMap(change -> change.act().stream()
                        .map(act -> new Flip(change, act, HeldRoles.at(in, grants, in.get(SETS), change.at()))))
                .toList();
    }

    private static Finding finding(DetectionInput in, List<Flip> flips, Tenancies tenancies) {
        Flip first = flips.get(0);
        List<Permission> permissions = flips.stream()
                .flatMap(one -> one.held().permissions().stream())
                .distinct()
                .toList();
        List<AppEvent> acts = flips.stream().map(Flip::act).toList();
        boolean closed = tenancies.latest().filter(change -> !change.isMulti()).isPresent();
        return in.finding(first.act())
                .title("Application with " + Permission.values(permissions) + " made multi-tenant")
                .says(Facts.actor(first.act()) + " made the application "
                        + first.change().tenancy() + " at "
                        + Facts.time(first.change().at()) + " from "
                        + Addresses.label(in.addressOf(first.act()))
                        + ". It held " + Permission.values(permissions)
                        + " in this tenant then. Users of other tenants can sign"
                        + " in to it now, and consent to it."
                        + (acts.size() > 1 ? " It was made multi-tenant " + acts.size() + " times." : "")
                        + (closed ? " It is not multi-tenant any more." : ""))
                .risk(
                        acts.stream().anyMatch(in::isFromOutside),
                        RiskKind.FROM_OUTSIDE,
                        "Changed from an address that is not the organisation's")
                .by("changed-tenancy", acts)
                .shownBy(flips.stream()
                        .flatMap(one -> one.held().acts().stream())
                        .toList())
                .permissions(permissions)
                .undone(closed || flips.stream().allMatch(one -> one.held().gone()))
                .build();
    }
}
