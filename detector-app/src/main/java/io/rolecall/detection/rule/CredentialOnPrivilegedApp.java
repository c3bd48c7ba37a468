package io.rolecall.detection.rule;

import io.rolecall.detection.Condition;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionCard;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Interval;
import io.rolecall.detection.Participant;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AppLists;
import io.rolecall.detection.read.CredentialKind;
import io.rolecall.detection.read.CredentialKind.EvaluatedKey;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.HeldPermissions;
import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.detection.read.Keys;
import io.rolecall.detection.read.Keys.AddedKey;
import io.rolecall.detection.read.Lifecycle;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A secret or certificate is added to an application that holds a far-reaching permission, or gets one within the window while the
 * key lives; either order. One finding per key id.
 */
public final class CredentialOnPrivilegedApp implements Detection {

    private static final String WINDOW = "window";
    private static final List<String> DEFAULT_SETS = List.of("permissive", "tier-0", "mailbox-wide");
    private static final Duration DEFAULT_WINDOW = Duration.ofDays(30);

    private static final DetectionCard CARD = new DetectionCard(
            "credential-on-privileged-app",
            2,
            SubjectKind.APPLICATION,
            "Credential added to a privileged application",
            "A secret or certificate is added to an application or service principal that holds a permission of the sets,"
                    + " or gets one within the window while the credential lives.",
            Severity.HIGH,
            List.of(Cards.PERSISTENT_CREDENTIALS, Cards.CLOUD_ACCOUNTS),
            List.of(
                    "A planned rotation: the old credential is removed within days, by an owner, from the office",
                    "Onboarding: the registrant adds the first credential on the day of the registration",
                    "A renewed SAML signing certificate",
                    "The platform rotates the certificate of a managed identity"),
            List.of(
                    "Permissions granted before the data begins: the application does not look privileged",
                    "Federated credentials, which need no secret",
                    "Secrets stolen instead of added"),
            Cards.references(
                    List.of(Cards.PERSISTENT_CREDENTIALS, Cards.CLOUD_ACCOUNTS),
                    Cards.AUDIT_REFERENCE,
                    Cards.APP_PLAYBOOK),
            List.of(
                    Parameter.duration(
                            WINDOW,
                            DEFAULT_WINDOW,
                            Duration.ofMinutes(1),
                            Duration.ofDays(365),
                            "Longest time from the credential to a permission that comes after it."),
                    Parameter.permissionSets(DEFAULT_SETS, "Sets of permissions that make an application privileged.")),
            Cards.operations(
                    Keys.OPERATIONS,
                    Cards.ROLES,
                    Cards.SCOPES,
                    List.of(Operations.ADD_OWNER_TO_APPLICATION, Operations.REMOVE_OWNER_FROM_APPLICATION),
                    List.of(Operations.ADD_OWNER_TO_SERVICE_PRINCIPAL, Operations.REMOVE_OWNER_FROM_SERVICE_PRINCIPAL)),
            List.of(
                    Set.of(
                            Operations.UPDATE_APPLICATION_CREDENTIALS,
                            Operations.CREATE_APPLICATION_CREDENTIALS,
                            Operations.ADD_SERVICE_PRINCIPAL_CREDENTIALS),
                    Set.of(Operations.ADD_APP_ROLE, Operations.ADD_DELEGATED_GRANT, Operations.CONSENT)),
            DEFAULT_WINDOW);

    @Override
    public DetectionCard card() {
        return CARD;
    }

    /**
     * What makes the application privileged when a credential is added.
     *
     * @param grants grants in the history, held then or given within the window after, before the key was removed
     * @param held permissions given longer ago than the history reaches back
     */
    private record Privileges(List<Grant> grants, List<Held> held) {

        boolean any() {
            return !grants.isEmpty() || !held.isEmpty();
        }

        boolean gone() {
            return grants.stream().allMatch(Grant::undone)
                    && held.stream().allMatch(one -> one.taken().isPresent());
        }

        List<Permission> permissions() {
            return Stream.concat(
                            held.stream().map(Held::permission), grants.stream().map(Grant::permission))
                    .distinct()
                    .toList();
        }
    }

    /** One time that a key lived on the privileged application: it may be taken away and added again. */
    private record Life(AddedKey key, EvaluatedKey evaluated, Privileges privileges) {

        boolean over() {
            return key.removedBy().isPresent() || privileges.gone();
        }
    }

    @Override
    public Evaluation evaluate(DetectionInput input) {
        List<AppEvent> acts = input.history().acts();
        List<AddedKey> keys = Keys.added(acts);
        List<AddedKey> counting = keys.stream()
                .filter(key ->
                        key.verifies() || (key.signsSaml() && keys.stream().noneMatch(other -> other.standsFor(key))))
                .toList();
        List<Grant> risky = Grants.of(acts).stream()
                .filter(grant -> input.policy()
                        .permissionSets()
                        .contains(input.settings().words(Parameter.PERMISSION_SETS), grant.permission()))
                .toList();
        List<Held> known = HeldPermissions.of(
                input.history().profile(),
                input.policy().permissionSets(),
                input.settings().words(Parameter.PERMISSION_SETS));
        Map<String, List<Life>> lives = new LinkedHashMap<>();
        List<String> kinds = new ArrayList<>();
        for (AddedKey key : counting) {
            Privileges privileges = privileges(input, key, risky, known);
            if (privileges.any()) {
                EvaluatedKey evaluated = CredentialKind.evaluate(input, key, keys);
                kinds.add(key.keyId() + ": " + evaluated.why());
                lives.computeIfAbsent(key.keyId(), id -> new ArrayList<>()).add(new Life(key, evaluated, privileges));
            }
        }
        List<Finding> findings =
                lives.values().stream().map(each -> finding(input, each)).toList();
        return new Evaluation(
                findings,
                List.of(credential(keys, counting), privileged(input, counting, risky, known, findings), kind(kinds)),
                Interval.ALL);
    }

    private static Privileges privileges(DetectionInput input, AddedKey key, List<Grant> risky, List<Held> known) {
        Instant until = key.time().plus(input.settings().duration(WINDOW));
        List<Grant> grants = risky.stream()
                .filter(grant -> grant.heldAt(key.time())
                        || (grant.time().isAfter(key.time())
                                && Facts.mayPrecede(grant.time(), until)
                                && key.livesAt(grant.time())))
                .toList();
        // Where the history holds a grant, it tells more exactly than the profile.
        List<Held> held = known.stream()
                .filter(one -> one.at(key.time()))
                .filter(one -> risky.stream()
                        .noneMatch(grant -> grant.permission().equals(one.permission())
                                && (!grant.time().isAfter(key.time()) || grants.contains(grant))))
                .toList();
        return new Privileges(grants, held);
    }

    /** @param lives of one key, by time; the worst is told */
    private static Finding finding(DetectionInput input, List<Life> lives) {
        Life told = lives.stream()
                .reduce((one, other) ->
                        other.evaluated().severity().compareTo(one.evaluated().severity()) > 0 ? other : one)
                .orElseThrow();
        AddedKey key = told.key();
        EvaluatedKey evaluated = told.evaluated();
        Privileges privileges = told.privileges();
        List<AppEvent> grants =
                privileges.grants().stream().map(Grant::act).distinct().toList();
        List<AppEvent> decided = Facts.distinct(Stream.concat(
                        lives.stream().map(life -> life.key().act()),
                        lives.stream().flatMap(life -> life.privileges().grants().stream()
                                .map(Grant::act)))
                .toList());
        List<Participant> participants = new ArrayList<>();
        participants.add(new Participant("added-credential", key.act(), evaluated.address()));
        grants.forEach(act -> participants.add(new Participant("granted", act, input.addressOf(act))));
        List<Permission> permissions = privileges.permissions();
        String values = permissions.stream().map(Permission::value).distinct().collect(Collectors.joining(", "));
        boolean contained = Lifecycle.ended(input.history().acts()).isPresent()
                || lives.stream().allMatch(Life::over);
        return new Finding(
                List.of(key.keyId()),
                lives.get(0).key().time(),
                evaluated.severity(),
                Addresses.confidence(key.act(), evaluated.address()),
                Facts.capital(key.what()) + " added to an application that can use " + values,
                Facts.actor(key.act()) + " added the " + key.label() + " to the "
                        + (key.onServicePrincipal() ? "service principal" : "application") + " at "
                        + Facts.time(key.time()) + " from " + Addresses.label(evaluated.address()) + ". "
                        + "Whoever has it can use " + values + "." + since(privileges) + " " + evaluated.why() + "."
                        + AppLists.approval(input.policy(), input.history()),
                Facts.evidence(decided),
                decided.size(),
                participants,
                permissions,
                risks(input, key, evaluated),
                contained);
    }

    private static String since(Privileges privileges) {
        return privileges.held().stream()
                .map(one -> " " + one.permission().value() + " was granted at " + Facts.time(one.since())
                        + ", before the history kept here.")
                .collect(Collectors.joining());
    }

    private static List<String> risks(DetectionInput input, AddedKey key, EvaluatedKey evaluated) {
        List<String> risks = new ArrayList<>();
        if (evaluated.severity().compareTo(Severity.MEDIUM) > 0) {
            if (evaluated.address().addressClass() == AddressClass.EXTERNAL) {
                risks.add("Added from an address that is not the organisation's");
            }
            if (key.onServicePrincipal()) {
                risks.add("Kept on the service principal, where the owners of the application do not see it");
            }
            if (evaluated.second()) {
                risks.add("A second live credential, added by somebody else than the first");
            }
        }
        evaluated.mandate().risk().ifPresent(risks::add);
        AppLists.risk(input.policy(), input.history()).ifPresent(risks::add);
        return risks;
    }

    private static Condition credential(List<AddedKey> keys, List<AddedKey> counting) {
        String name = "A secret or certificate with usage Verify was added";
        List<AppEvent> facts = keys.stream().map(AddedKey::act).distinct().toList();
        if (counting.isEmpty()) {
            return Condition.notMet(
                    name, keys.isEmpty() ? "No key id appeared in a successful act." : "Only other usages.", facts);
        }
        return Condition.met(
                name, counting.stream().map(AddedKey::label).collect(Collectors.joining(", ")) + ".", facts);
    }

    private static Condition privileged(
            DetectionInput input,
            List<AddedKey> counting,
            List<Grant> risky,
            List<Held> known,
            List<Finding> findings) {
        String name = "The application held a permission of "
                + Cards.sets(input.settings().words(Parameter.PERMISSION_SETS))
                + " then, or got one within the window while the credential lived";
        if (counting.isEmpty()) {
            return Condition.unknown(name, "There is no credential to evaluate.", List.of());
        }
        String seen = Stream.concat(
                        risky.stream().map(Grant::label), known.stream().map(one -> Grant.label(one.permission())))
                .distinct()
                .collect(Collectors.joining(", "));
        String held = seen.isEmpty() ? "No such grant was seen." : seen + ".";
        List<AppEvent> facts = risky.stream().map(Grant::act).toList();
        return findings.isEmpty() ? Condition.notMet(name, held, facts) : Condition.met(name, held, facts);
    }

    private static Condition kind(List<String> kinds) {
        String name = "It is more than a rotation, an onboarding or a SAML signing certificate";
        if (kinds.isEmpty()) {
            return Condition.unknown(name, "There is no credential on a privileged application.", List.of());
        }
        return kinds.stream().anyMatch(kind -> kind.endsWith(CredentialKind.UNEXPLAINED))
                ? Condition.met(name, String.join("; ", kinds) + ".", List.of())
                : Condition.notMet(name, String.join("; ", kinds) + ": lower severity.", List.of());
    }
}
