package io.rolecall.state;

import io.rolecall.detection.read.HeldPermissions;
import io.rolecall.event.Actors;
import io.rolecall.event.Details;
import io.rolecall.event.Hashes;
import io.rolecall.event.Operations;
import io.rolecall.network.Neighbourhoods;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.Activity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.DirectoryRole;
import io.rolecall.schema.FederatedCredentialChange;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.PropertyChange;
import io.rolecall.schema.RedirectChange;
import io.rolecall.schema.Registration;
import io.rolecall.schema.RoleAssignment;
import io.rolecall.schema.ServicePrincipalState;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an act is about, within its family: acts of one group are about the same thing, by the same actor and from the same address
 * where that decides, so that a few of them stand for all.
 *
 * @param key 8 hex digits; of two groups with one key, the acts are taken together
 */
record ActGroup(ActFamily family, String key) {

    private static final int KEY_DIGITS = 8;

    private static final Set<String> BEGINNINGS = Set.of(Operations.ADD_APPLICATION, Operations.ADD_SERVICE_PRINCIPAL);

    /**
     * The group of an act.
     *
     * @param act merged over its copies
     * @param sets of the policy under which the act is stored: they say which grants are bounded apart
     */
    static ActGroup of(AppEvent act, PermissionSets sets) {
        Object details = act.getDetails().orElse(null);
        String operation = act.getOperation();
        if (details instanceof AppRole role) {
            boolean adds = operation.equals(Operations.ADD_APP_ROLE);
            return grant(
                    act, sets, adds, text(role.getResourceAppId()), text(role.getRoleId()), text(role.getRoleValue()));
        }
        if (details instanceof DelegatedGrant grant) {
            boolean adds = !grant.getAdded().isEmpty();
            return grant(act, sets, adds, text(grant.getResourceId()), text(grant.getPrincipalId()), changed(grant));
        }
        if (details instanceof Consent consent) {
            return by(act, ActFamily.CONSENT, joined(consent.getScopes().stream()));
        }
        if (details instanceof CredentialChange change) {
            return of(act, ActFamily.CREDENTIAL, keyId(change));
        }
        if (details instanceof FederatedCredentialChange change) {
            return of(act, ActFamily.FEDERATED_CREDENTIAL, trust(change));
        }
        if (details instanceof OwnerChange owner) {
            return of(act, ActFamily.OWNER, text(owner.getOwnerId().or(owner::getOwnerName)));
        }
        if (details instanceof RedirectChange change) {
            return of(act, ActFamily.REDIRECT, joined(both(change.getAdded(), change.getRemoved())));
        }
        if (details instanceof DirectoryRole role) {
            String name = text(role.getRoleTemplateId().or(role::getRoleName));
            return of(act, ActFamily.DIRECTORY_ROLE, name, text(role.getMemberId()));
        }
        if (details instanceof ConsentPolicyChange policy) {
            String properties = joined(policy.getChanges().stream().map(PropertyChange::getProperty));
            return of(act, ActFamily.POLICY, operation, properties, text(policy.getTargetId()));
        }
        if (details instanceof Activity activity) {
            return activity(act, activity);
        }
        if (details instanceof MailFlow flow) {
            // Without its verb, so that what makes and what changes one connector stand together.
            return of(
                    act, ActFamily.MAIL_FLOW, operation.substring(operation.indexOf('-') + 1), text(flow.getObject()));
        }
        if (details instanceof ServicePrincipalState state
                && state.getAccountEnabled().isPresent()) {
            return of(act, ActFamily.STATE, operation, String.valueOf(state.getAccountEnabled()));
        }
        Optional<String> tenancy =
                details instanceof Registration registration ? registration.getTenancy() : Optional.empty();
        if (tenancy.isPresent() || BEGINNINGS.contains(operation)) {
            return of(act, ActFamily.REGISTRATION, operation, text(tenancy), hour(act));
        }
        return of(act, Operations.STATE_CHANGES.contains(operation) ? ActFamily.STATE : ActFamily.OTHER, operation);
    }

    /** Of what begins an application, of which one person can begin many: hour by hour, so that a quiet one hides no busy one. */
    private static String hour(AppEvent act) {
        return BEGINNINGS.contains(act.getOperation())
                ? act.getEventTime().truncatedTo(ChronoUnit.HOURS).toString()
                : "-";
    }

    private static ActGroup grant(AppEvent act, PermissionSets sets, boolean adds, String... what) {
        if (!act.getOutcome().equals("success") || !HeldPermissions.concerns(act, sets)) {
            return of(act, ActFamily.OTHER_GRANT, what);
        }
        String about = permissions(act, sets).orElseGet(() -> String.join("\n", what));
        return adds ? fromWhere(act, ActFamily.GRANT, about) : of(act, ActFamily.REMOVED_GRANT, about);
    }

    /** Only those of the sets: what else the act gives or takes decides nothing. Empty when none has a name. */
    private static Optional<String> permissions(AppEvent act, PermissionSets sets) {
        List<Permission> concerned = HeldPermissions.concerned(act, sets);
        if (concerned.isEmpty()) {
            return Optional.empty();
        }
        String api = Details.of(act, DelegatedGrant.class)
                .filter(grant -> grant.getResourceName().isEmpty())
                .map(grant -> text(grant.getResourceId()))
                .orElse("-");
        String names = joined(concerned.stream()
                .map(permission -> permission.resourceAppId() + "/" + permission.value() + "/"
                        + permission.type().label()));
        return Optional.of(names + "\n" + api);
    }

    private static String changed(DelegatedGrant grant) {
        return joined(both(grant.getAdded(), grant.getRemoved()));
    }

    /** One key for what adds and what removes a credential. */
    private static String keyId(CredentialChange change) {
        return Stream.concat(change.getAdded().stream(), change.getRemoved().stream())
                .map(Credential::getKeyId)
                .min(String::compareTo)
                .orElse("-");
    }

    private static String trust(FederatedCredentialChange change) {
        return Stream.concat(change.getAdded().stream(), change.getRemoved().stream())
                .map(one -> text(one.getIssuer()) + " " + text(one.getSubject()))
                .min(String::compareTo)
                .orElse("-");
    }

    private static ActGroup activity(AppEvent act, Activity activity) {
        if (!AzureRollUps.keepsAct(act)) {
            return of(act, ActFamily.OTHER, act.getOperation(), text(activity.getResource()));
        }
        Optional<RoleAssignment> assignment = activity.getAssignment();
        return of(
                act,
                ActFamily.AZURE_ROLE,
                text(assignment.flatMap(RoleAssignment::getRoleDefinitionId)),
                text(assignment.flatMap(RoleAssignment::getScope)),
                text(assignment.flatMap(RoleAssignment::getPrincipalId)));
    }

    /**
     * Of grants, of which the network decides from which they were made, and only where none is told the person, whose sign-ins tell
     * it; very many people and addresses of one network are one. An application has a mandate of its own.
     */
    private static ActGroup fromWhere(AppEvent act, ActFamily family, String what) {
        Actor actor = act.getActor();
        List<String> networks = Actors.addresses(actor).stream()
                .flatMap(ip -> Neighbourhoods.of(ip).stream())
                .distinct()
                .toList();
        boolean told = !networks.isEmpty() && !Actors.isOfTokenService(actor);
        String who = told && !actor.getType().equals("application")
                ? "-"
                : Actors.key(actor).orElse("-");
        return of(act, family, what, who, told ? joined(networks.stream()) : "-");
    }

    /** Of acts whose actor and address decide. */
    private static ActGroup by(AppEvent act, ActFamily family, String... what) {
        Actor actor = act.getActor();
        String who = Actors.key(actor).orElse("-");
        return of(act, family, String.join("\n", what), who, text(actor.getIp()), joined(actor.getOtherIps().stream()));
    }

    private static ActGroup of(AppEvent act, ActFamily family, String... what) {
        String text = act.getOutcome() + "\n" + String.join("\n", what);
        return new ActGroup(family, Hashes.sha256(text.toLowerCase(Locale.ROOT)).substring(0, KEY_DIGITS));
    }

    private static Stream<String> both(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream());
    }

    private static String joined(Stream<String> values) {
        return values.sorted().distinct().collect(Collectors.joining(" "));
    }

    private static String text(Optional<String> value) {
        return value.orElse("-");
    }
}
