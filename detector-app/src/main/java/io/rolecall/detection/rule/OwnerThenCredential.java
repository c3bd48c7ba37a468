package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Candidates;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Clicks;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.HeldPermissions;
import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.detection.read.Keys;
import io.rolecall.detection.read.Keys.AddedKey;
import io.rolecall.detection.read.Mandate;
import io.rolecall.detection.read.Owners;
import io.rolecall.detection.read.Owners.NewOwner;
import io.rolecall.detection.read.Privileges;
import io.rolecall.detection.read.UserScopes;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Somebody becomes owner of a privileged application and then adds a credential to it. One finding a key id. */
public final class OwnerThenCredential implements Detection {

    private static final Param<Duration> WITHIN = Param.duration(
            "within",
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "Longest time from becoming owner to the credential.");
    private static final Param<List<String>> SETS = Param.permissionSets(
            List.of("permissive", "tier-0", "mailbox-wide", "risky-scopes"),
            "Sets of permissions that make an application privileged.");

    /** How long after the credential the application may become privileged. */
    private static final Duration PRIVILEGED = Duration.ofDays(7);

    private static final Reads READS = Reads.of(
                    Keys.OPERATIONS, Grants.OF_ROLES, Grants.OF_SCOPES, Clicks.OPERATIONS, Operations.OWNER_CHANGES)
            .needing(Operations.ADD_OWNER_TO_APPLICATION, Operations.ADD_OWNER_TO_SERVICE_PRINCIPAL)
            .needing(
                    Operations.UPDATE_APPLICATION_CREDENTIALS,
                    Operations.CREATE_APPLICATION_CREDENTIALS,
                    Operations.ADD_SERVICE_PRINCIPAL_CREDENTIALS)
            .within(Duration.ofDays(30));

    /** A new owner and a credential, whoever added it. */
    private record Pair(NewOwner owner, AddedKey key) {

        AppEvent act() {
            return key.act();
        }

        String label() {
            return owner.label() + ", " + key.label();
        }

        Answer isNew(Owners known) {
            return Answer.of(!known.isAutomatic(owner), owner.label()).by(List.of(owner.act()));
        }

        Answer byOwner(Owners known) {
            return Answer.of(known.did(owner, act()), Facts.actor(act()) + " added the " + key.label());
        }
    }

    /** The same with what makes the application privileged. */
    private record Added(Pair pair, Privileges privileges, List<UserScopes.Scope> ofUsers) {

        List<Permission> permissions() {
            return Stream.concat(
                            privileges.permissions().stream(), ofUsers.stream().map(UserScopes.Scope::permission))
                    .distinct()
                    .toList();
        }

        List<AppEvent> grants() {
            return Stream.concat(privileges.acts().stream(), ofUsers.stream().map(UserScopes.Scope::act))
                    .distinct()
                    .toList();
        }

        boolean over() {
            return pair.key().removedBy().isPresent()
                    || (privileges.gone()
                            && ofUsers.stream()
                                    .allMatch(scope -> scope.takenBy().isPresent()));
        }

        String values() {
            return Permission.values(permissions());
        }
    }

    /** Everything that makes the application privileged at some time. */
    private record Given(List<Grant> grants, List<Held> held, List<UserScopes.Scope> ofUsers) {

        private static final Given NOTHING = new Given(List.of(), List.of(), List.of());

        static Given of(DetectionInput in) {
            PermissionSets sets = in.policy().permissionSets();
            return new Given(
                    in.history().grants().stream()
                            .filter(grant -> sets.contains(in.get(SETS), grant.permission()))
                            .toList(),
                    HeldPermissions.of(in.history().profile(), sets, in.get(SETS)),
                    UserScopes.of(in.application(), sets, in.get(SETS)));
        }

        Added to(Pair pair) {
            AddedKey key = pair.key();
            Privileges privileges = Privileges.of(key, PRIVILEGED, grants, held);
            return new Added(
                    pair,
                    new Privileges(
                            privileges.grants().stream()
                                    .filter(grant -> inLoggedOrder(key, grant.act(), grant.undoneBy()))
                                    .toList(),
                            privileges.held()),
                    ofUsers.stream()
                            .filter(scope -> scope.meets(key.time(), key.time().plus(PRIVILEGED))
                                    && key.livesAt(scope.act().getEventTime())
                                    && inLoggedOrder(key, scope.act(), scope.takenBy()))
                            .toList());
        }

        /** The minute by which the logs of other detections may differ is none here. */
        private static boolean inLoggedOrder(AddedKey key, AppEvent given, Optional<AppEvent> taken) {
            return Facts.inLoggedOrder(given.getEventTime(), key.time().plus(PRIVILEGED))
                    && taken.filter(act -> !Facts.inLoggedOrder(key.time(), act.getEventTime()))
                            .isEmpty();
        }
    }

    @Override
    public String id() {
        return "owner-then-credential";
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
        return List.of(WITHIN, SETS);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        List<AppEvent> acts = in.history().acts();
        List<NewOwner> owners = Owners.added(acts);
        List<AddedKey> keys = Keys.added(acts).stream()
                .filter(key -> key.verifies() && !key.signsSaml())
                .toList();
        Owners known = owners.isEmpty() || keys.isEmpty() ? Owners.none() : Owners.of(in);
        Candidates<Pair> inTime = in.candidates(
                        "An owner and a secret or certificate with usage Verify were added",
                        owners.stream()
                                .flatMap(owner -> keys.stream().map(key -> new Pair(owner, key)))
                                .toList(),
                        Pair::act,
                        Pair::label,
                        owners.isEmpty()
                                ? "No successful act added an owner"
                                : "No key id appeared in a successful act")
                .where("The owner is not the automatic one of the registration", pair -> pair.isNew(known))
                .where("The new owner added the credential", pair -> pair.byOwner(known))
                .where(
                        "It was added within " + Facts.length(in.get(WITHIN)) + " after becoming owner",
                        pair -> inTime(pair, in.get(WITHIN)));
        // What users consented to is read for those alone of whom it decides.
        Given given = inTime.left().isEmpty() ? Given.NOTHING : Given.of(in);
        return inTime.as(given::to, added -> added.pair().act())
                .where(
                        "The application held a permission of the sets " + String.join(", ", in.get(SETS))
                                + " then, or got one within 7 days while the credential lived",
                        added -> added.permissions().isEmpty()
                                ? Answer.no("none was seen")
                                : Answer.yes(added.values()).by(added.grants()))
                .findEach(added -> added.pair().key().keyId(), same -> finding(in, known, same));
    }

    private static Answer inTime(Pair pair, Duration within) {
        Instant owner = pair.owner().act().getEventTime();
        Instant added = pair.key().time();
        return Answer.of(
                Facts.inLoggedOrder(owner, added) && Facts.inLoggedOrder(added, owner.plus(within)),
                "owner at " + Facts.time(owner) + ", credential at " + Facts.time(added));
    }

    /** @param same of one key, by the time of becoming owner and of adding it */
    private static Finding finding(DetectionInput in, Owners known, List<Added> same) {
        Added first = same.get(0);
        NewOwner owner = first.pair().owner();
        AddedKey key = first.pair().key();
        List<Mandate> mandates = same.stream()
                .map(one -> one.pair().act())
                .distinct()
                .map(act -> Mandate.ofCredential(in.policy(), act, in.addressOf(act)))
                .toList();
        return in.finding(key.act())
                .anchor(key.keyId())
                .severity(Severity.MEDIUM, mandates)
                .title("New owner added a credential to an application that can use " + first.values())
                .says(owner.label() + " was made owner by " + Facts.actor(owner.act()) + " at "
                        + Facts.time(owner.act().getEventTime()) + " and added the " + key.label() + " at "
                        + Facts.time(key.time()) + " from " + Addresses.label(in.addressOf(key.act()))
                        + ". Whoever has it can use " + first.values() + ".")
                .risk(known.did(owner, owner.act()), "The owner was made owner by themselves")
                .risk(
                        in.isFromOutside(key.act()),
                        RiskKind.FROM_OUTSIDE,
                        "Added from an address that is not the organisation's")
                .risk(
                        key.onServicePrincipal(),
                        "Kept on the service principal, where the owners of the application do not see it")
                .by(
                        "made-owner",
                        same.stream()
                                .map(one -> one.pair().owner().act())
                                .distinct()
                                .toList())
                .by(
                        "added-credential",
                        same.stream().map(one -> one.pair().act()).distinct().toList())
                .by("granted", first.grants())
                .permissions(first.permissions())
                .undone(same.stream().allMatch(Added::over))
                .build();
    }
}
