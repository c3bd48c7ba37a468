package io.rolecall.detection.read;

import io.rolecall.detection.Asking;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.QuestionKind;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.event.Actors;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.network.AddressClass;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The risky acts that somebody did: granted, consented for all, or added a credential. Rotations, onboardings and what trusted
 * automation does inside its mandate are none; nor is a consent of a user for nobody else. Judged from the facts, whatever other
 * detections are set to.
 */
public final class RiskyActs {

    /** Operations that may be such an act, or tell more of one. */
    public static final Set<String> OPERATIONS = Stream.of(Keys.OPERATIONS, Grants.OF_ROLES, Grants.OF_SCOPES)
            .flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableSet());

    /** What the doers of such acts ask of the application. */
    public static final Asking ASKING =
            Asking.byDoers(QuestionKind.RISKY_ACTS, (act, policy) -> asks(act, policy.permissionSets()));

    private static final int MOST_NAMED = 5;

    private RiskyActs() {}

    /** Whether only the application's own history tells whether an act is risky. A function of the act and the policy. */
    static boolean asks(AppEvent act, PermissionSets sets) {
        if (!Facts.succeeded(act)) {
            return false;
        }
        Object details = act.getDetails().orElse(null);
        if (details instanceof CredentialChange change) {
            return !change.getAdded().isEmpty();
        }
        if (Facts.is(act, Operations.ADD_APP_ROLE)) {
            return HeldPermissions.concerns(act, sets)
                    && HeldPermissions.concerned(act, sets).stream().allMatch(Grants::isOfUnknownApi);
        }
        if (details instanceof DelegatedGrant grant) {
            return Grants.isForAll(grant)
                    && Grants.scopes(grant, grant.getAdded())
                            .anyMatch(scope -> Grants.isOfUnknownApi(scope) && sets.hasMemberNamed(scope.value()));
        }
        return details instanceof Consent consent
                && consent.getOnBehalfOfAll().orElse(false)
                && consent.getScopes().stream().anyMatch(sets::hasMemberNamed);
    }

    /** The risky acts on the application that is the subject, by time. */
    public static List<RiskyAct> on(DetectionInput in) {
        return RiskyHistory.of(in.application(), in.policy().permissionSets()).stream()
                .filter(one -> counts(in, one))
                .toList();
    }

    /**
     * The risky acts that the subject did, by time.
     *
     * @param acts what it did
     */
    public static List<RiskyAct> by(DetectionInput in, List<AppEvent> acts) {
        PermissionSets sets = in.policy().permissionSets();
        List<AppEvent> done = acts.stream().filter(Facts::succeeded).toList();
        Stream<RiskyAct> told = Stream.of(
                        roles(Grants.of(done), sets), risky(Gains.forAll(done), sets), forOthers(in, done))
                .flatMap(List::stream)
                // Of a grant whose API the act does not name the exact name counts, until the application tells.
                .filter(one -> answer(in, one.act()).isEmpty());
        Stream<RiskyAct> answered =
                done.stream().flatMap(act -> answer(in, act).flatMap(answer -> answer.of(act)).stream());
        return Stream.concat(told, answered)
                .filter(one -> counts(in, one))
                .distinct()
                .sorted(RiskyAct.ORDER)
                .toList();
    }

    /** Those of some that lie at most so long before a change, both ends included, as far as the logs can tell. */
    public static List<RiskyAct> before(AppEvent change, List<RiskyAct> risky, Duration within) {
        return risky.stream()
                .filter(one -> Facts.isWithin(change.getEventTime(), one.time(), within))
                .toList();
    }

    /** The acts themselves, each once. */
    public static List<AppEvent> acts(List<RiskyAct> risky) {
        return risky.stream().map(RiskyAct::act).distinct().toList();
    }

    /** What came before a change, as a sentence with a space before it; empty when nothing did. */
    public static String sentence(List<RiskyAct> risky) {
        return risky.isEmpty()
                ? ""
                : " Before: "
                        + risky.stream()
                                .limit(MOST_NAMED)
                                .map(one -> Facts.actor(one.act()) + " "
                                        + (one.keyIds().isEmpty() ? "granted " : "added ") + one.label())
                                .distinct()
                                .collect(Collectors.joining("; "))
                        + (risky.size() > MOST_NAMED ? " and more" : "") + ".";
    }

    /** Those of some gains that are risky. */
    static List<RiskyAct> risky(Collection<Gain> gains, PermissionSets sets) {
        List<RiskyAct> found = new ArrayList<>();
        for (Gain gain : gains) {
            List<Permission> permissions = gain.in(sets, List.of(RiskyGrants.SCOPES));
            if (!permissions.isEmpty()) {
                found.add(RiskyAct.grant(gain.main(), permissions, Gain.allLost(List.of(gain), permissions)));
            }
        }
        return found;
    }

    /** Those of some grants that give a risky application role. */
    static List<RiskyAct> roles(Collection<Grant> grants, PermissionSets sets) {
        return grants.stream()
                .filter(grant -> grant.isOfApplication() && RiskyGrants.isRisky(sets, grant.permission()))
                .map(grant -> RiskyAct.grant(grant.act(), List.of(grant.permission()), grant.undone()))
                .toList();
    }

    /** Grants for single users that the subject made for somebody else. */
    private static List<RiskyAct> forOthers(DetectionInput in, List<AppEvent> acts) {
        PermissionSets sets = in.policy().permissionSets();
        List<RiskyAct> found = new ArrayList<>();
        for (AppEvent act : acts) {
            Details.of(act, DelegatedGrant.class)
                    .filter(grant -> !Grants.isForAll(grant) && isForAnother(in, act, grant))
                    .map(grant -> Grants.named(grant, grant.getAdded())
                            .filter(scope -> RiskyGrants.isRisky(sets, scope))
                            .toList())
                    .filter(permissions -> !permissions.isEmpty())
                    .ifPresent(permissions -> found.add(RiskyAct.grant(act, permissions, false)));
        }
        return found;
    }

    /** Whether the object id of the one it is for is not that of the one who did it, where both are known. */
    private static boolean isForAnother(DetectionInput in, AppEvent act, DelegatedGrant grant) {
        Optional<String> doer = act.getActor()
                .getId()
                .or(() -> Optional.of(in.history().subject().id()).filter(id -> !id.contains("@")))
                .map(id -> id.toLowerCase(Locale.ROOT));
        return grant.getPrincipalId()
                .map(id -> id.toLowerCase(Locale.ROOT))
                .filter(principal -> doer.filter(id -> !id.equals(principal)).isPresent())
                .filter(principal -> !Actors.keys(act.getActor()).contains(principal))
                .isPresent();
    }

    /** What the application tells of an act that it was asked about; empty until it answers. */
    private static Optional<RiskyAnswer> answer(DetectionInput in, AppEvent act) {
        return asks(act, in.policy().permissionSets())
                ? RiskyAnswer.of(in.answers(act, QuestionKind.RISKY_ACTS))
                : Optional.empty();
    }

    private static boolean counts(DetectionInput in, RiskyAct one) {
        ResolvedAddress address = in.addressOf(one.act());
        boolean harmless = one.harmlessInside() && address.addressClass() == AddressClass.ORGANIZATION;
        Mandate mandate = one.keyIds().isEmpty()
                ? Mandate.ofPermissions(in.policy(), one.act(), address, one.permissions())
                : Mandate.ofCredential(in.policy(), one.act(), address);
        return !harmless && mandate != Mandate.INSIDE;
    }
}
