package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.CredentialKind;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.HeldPermissions;
import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.detection.read.Keys;
import io.rolecall.detection.read.Keys.AddedKey;
import io.rolecall.detection.read.Privileges;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.network.AddressClass;
import io.rolecall.policy.Param;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A secret or certificate is added to an application that holds a far-reaching permission, or gets one within the window while the
 * key lives; either order. One finding per key id.
 */
public final class CredentialOnPrivilegedApp implements Detection {

    private static final Param<Duration> WINDOW = Param.duration(
            "window",
            Duration.ofDays(30),
            Duration.ofMinutes(1),
            Duration.ofDays(365),
            "Longest time from the credential to a permission that comes after it.");
    private static final Param<List<String>> SETS = Param.permissionSets(
            List.of("permissive", "tier-0", "mailbox-wide"),
            "Sets of permissions that make an application privileged.");

    private static final Reads READS = Reads.of(
                    Keys.OPERATIONS, Grants.OF_ROLES, Grants.OF_SCOPES, Operations.OWNER_CHANGES)
            .needing(
                    Operations.UPDATE_APPLICATION_CREDENTIALS,
                    Operations.CREATE_APPLICATION_CREDENTIALS,
                    Operations.ADD_SERVICE_PRINCIPAL_CREDENTIALS)
            .needing(Operations.ADD_APP_ROLE, Operations.ADD_DELEGATED_GRANT, Operations.CONSENT)
            .within(WINDOW);

    /** A key with what makes the application privileged while it lives. */
    private record Added(AddedKey key, Privileges privileges) {

        AppEvent act() {
            return key.act();
        }

        boolean over() {
            return key.removedBy().isPresent() || privileges.gone();
        }
    }

    /** One time that a key lived on the privileged application: it may be taken away and added again. */
    private record Life(Added added, CredentialKind.Kind kind) {}

    @Override
    public String id() {
        return "credential-on-privileged-app";
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
        return List.of(WINDOW, SETS);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        List<AppEvent> acts = in.history().acts();
        List<AddedKey> keys = Keys.added(acts);
        List<Grant> risky = in.history().grants().stream()
                .filter(grant -> in.policy().permissionSets().contains(in.get(SETS), grant.permission()))
                .toList();
        List<Held> known =
                HeldPermissions.of(in.history().profile(), in.policy().permissionSets(), in.get(SETS));
        return in.candidates(
                        "A secret or certificate with usage Verify was added",
                        keys.stream()
                                .filter(key -> key.verifies()
                                        || (key.signsSaml() && keys.stream().noneMatch(other -> other.standsFor(key))))
                                .toList(),
                        AddedKey::act,
                        AddedKey::label,
                        keys.isEmpty() ? "No key id appeared in a successful act" : "Only other usages")
                .as(key -> new Added(key, Privileges.of(key, in.get(WINDOW), risky, known)), Added::act)
                .where(
                        "The application held a permission of the sets " + String.join(", ", in.get(SETS))
                                + " then, or got one within the window while the credential lived",
                        added -> added.privileges().any()
                                ? Answer.yes(Permission.values(
                                                added.privileges().permissions()))
                                        .by(added.privileges().acts())
                                : Answer.no(other(risky, known)))
                .as(added -> new Life(added, CredentialKind.of(in, added.key(), keys)), life -> life.added()
                        .act())
                .note(
                        "It is more than a rotation, an onboarding or a SAML signing certificate",
                        life -> Answer.of(
                                life.kind().isUnexplained(),
                                life.added().key().keyId() + ": " + life.kind().why()))
                .findEach(life -> life.added().key().keyId(), lives -> finding(in, lives));
    }

    /** @param lives of one key, by time; the worst is told */
    private static Finding finding(DetectionInput in, List<Life> lives) {
        Life told = lives.stream()
                .reduce((one, other) ->
                        other.kind().severity().compareTo(one.kind().severity()) > 0 ? other : one)
                .orElseThrow();
        AddedKey key = told.added().key();
        CredentialKind.Kind kind = told.kind();
        Privileges privileges = told.added().privileges();
        boolean loud = kind.severity().compareTo(Severity.MEDIUM) > 0;
        String values = Permission.values(privileges.permissions());
        return in.finding(key.act())
                .anchor(key.keyId())
                .at(lives.get(0).added().key().time())
                .severity(kind.severity())
                .mandates(List.of(kind.mandate()))
                .confidence(in.confidenceIn(key.act()))
                .title(Facts.capital(key.what()) + " added to an application that can use " + values)
                .says(Facts.actor(key.act()) + " added the " + key.label() + " to the "
                        + (key.onServicePrincipal() ? "service principal" : "application") + " at "
                        + Facts.time(key.time()) + " from " + Addresses.label(kind.address()) + ". "
                        + "Whoever has it can use " + values + "." + since(privileges) + " " + kind.why() + ".")
                .risk(
                        loud && kind.address().addressClass() == AddressClass.EXTERNAL,
                        RiskKind.FROM_OUTSIDE,
                        "Added from an address that is not the organisation's")
                .risk(
                        loud && key.onServicePrincipal(),
                        "Kept on the service principal, where the owners of the application do not see it")
                .risk(loud && kind.second(), "A second live credential, added by somebody else than the first")
                .by("added-credential", key.act())
                .by("granted", privileges.acts())
                .shownBy(lives.stream()
                        .flatMap(life ->
                                Stream.concat(Stream.of(life.added().act()), life.added().privileges().acts().stream()))
                        .toList())
                .permissions(privileges.permissions())
                .undone(lives.stream().allMatch(life -> life.added().over()))
                .build();
    }

    private static String other(List<Grant> risky, List<Held> known) {
        String seen = Stream.concat(
                        risky.stream().map(Grant::label), known.stream().map(one -> Grant.label(one.permission())))
                .distinct()
                .collect(Collectors.joining(", "));
        return seen.isEmpty() ? "no such grant was seen" : "not while it lived: " + seen;
    }

    private static String since(Privileges privileges) {
        return privileges.held().stream()
                .map(one -> " " + one.permission().value() + " was granted at " + Facts.time(one.since())
                        + ", before the history kept here.")
                .collect(Collectors.joining());
    }
}
