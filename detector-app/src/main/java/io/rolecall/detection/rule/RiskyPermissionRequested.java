package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Declarations;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.HeldPermissions;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.RequestedPermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A registration or an update asks for far-reaching permissions that nobody has granted yet. One finding an application. */
public final class RiskyPermissionRequested implements Detection {

    private static final Param<Duration> WINDOW = Param.duration(
            "window",
            Duration.ofDays(30),
            Duration.ofMinutes(1),
            Duration.ofDays(365),
            "Longest time from the first request to another one of the same alert.");
    private static final Param<List<String>> SETS =
            Param.permissionSets(List.of("permissive", "tier-0", "mailbox-wide"), "Sets of permissions that count.");
    private static final Param<List<String>> TYPES = Param.words(
            "permission-types",
            List.of("application"),
            List.of("application", "delegated"),
            "Kinds of permissions that count.");

    private static final Reads READS = Reads.of(
                    List.of(Operations.ADD_APPLICATION, Operations.UPDATE_APPLICATION),
                    Grants.OF_ROLES,
                    Grants.OF_SCOPES)
            .needing(Operations.ADD_APPLICATION, Operations.UPDATE_APPLICATION)
            .within(WINDOW);

    /** A permission that an act newly asked for. */
    private record Request(AppEvent act, RequestedPermission requested, Permission permission) {

        Instant time() {
            return act.getEventTime();
        }

        String label() {
            return Grant.label(permission);
        }
    }

    @Override
    public String id() {
        return "risky-permission-requested";
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
        return List.of(WINDOW, TYPES, SETS);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        Declarations declarations = Declarations.of(in.history());
        List<Grant> grants = in.history().grants();
        return in.candidates(
                        "It asked for a permission of the sets " + String.join(", ", in.get(SETS)),
                        requests(in, declarations),
                        Request::act,
                        Request::label,
                        "No registration or update that shows its declared permissions asked for one")
                .where("It did not have it yet", one -> notGranted(in, one, grants))
                .among(
                        "It asked within " + Facts.length(in.get(WINDOW)) + " of the first time",
                        requests -> ofFirst(requests, in.get(WINDOW)),
                        requests -> values(requests),
                        "none")
                .findOne(requests -> finding(in, requests, declarations));
    }

    private static List<Request> requests(DetectionInput in, Declarations declarations) {
        return declarations.all().stream()
                .flatMap(one -> one.added().stream().flatMap(requested -> Declarations.named(requested).stream()
                        .map(permission -> new Request(one.act(), requested, permission))))
                .filter(one -> in.get(TYPES).contains(one.permission().type().label()))
                .filter(one -> in.policy().permissionSets().contains(in.get(SETS), one.permission()))
                .toList();
    }

    private static Answer notGranted(DetectionInput in, Request one, List<Grant> grants) {
        List<AppEvent> held = grants.stream()
                .filter(grant -> grant.permission().equals(one.permission()))
                .filter(grant -> Facts.surelyBefore(grant.time(), one.time()) && grant.heldAt(one.time()))
                .map(Grant::act)
                .toList();
        boolean before =
                !held.isEmpty() || HeldPermissions.heldBefore(in.history().profile(), one.permission(), one.time());
        return Answer.of(!before, one.label() + (before ? " was granted before" : " was not granted"))
                .by(held);
    }

    private static List<Request> ofFirst(List<Request> requests, Duration window) {
        Instant until = requests.get(0).time().plus(window);
        return requests.stream()
                .filter(one -> Facts.mayPrecede(one.time(), until))
                .toList();
    }

    private static Finding finding(DetectionInput in, List<Request> requests, Declarations declarations) {
        AppEvent first = requests.get(0).act();
        List<AppEvent> acts = Facts.distinct(requests.stream().map(Request::act).toList());
        return in.finding(first)
                .severity(Severity.LOW)
                .title("Application asks for " + values(requests))
                .says(Facts.actor(first) + " asked for "
                        + requests.stream()
                                .map(Request::label)
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ", first at " + Facts.time(first.getEventTime()) + " from "
                        + Addresses.label(in.addressOf(first))
                        + ". Asking gives nothing yet: an administrator has to grant it.")
                .risk(
                        acts.stream().anyMatch(in::isFromOutside),
                        RiskKind.FROM_OUTSIDE,
                        "Asked for from an address that is not the organisation's")
                .risk(
                        requests.stream()
                                .anyMatch(one -> in.policy().permissionSets().contains("tier-0", one.permission())),
                        RiskKind.TIER_0,
                        "With a permission asked for, an application can make itself or others administrator")
                .by("requested", acts)
                .permissions(requests.stream().map(Request::permission).toList())
                .undone(requests.stream().map(Request::requested).noneMatch(declarations::isStillDeclared))
                .build();
    }

    private static String values(List<Request> requests) {
        return requests.stream()
                .map(one -> one.permission().value())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
