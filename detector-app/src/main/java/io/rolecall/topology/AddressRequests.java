package io.rolecall.topology;

import io.rolecall.event.Actors;
import io.rolecall.event.Acts;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.network.AddressClass;
import io.rolecall.network.AddressTable;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.state.ActorKeys;
import io.rolecall.state.ActorStore;
import io.rolecall.state.RollUps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Which acts ask for an address of their actor: those that carry none which tells anything, for each subject that gets them. The rule does not
 * look at the organisation's networks, because those may change later. Of the acts of single users, which can be millions, only
 * consents to scopes of the permission sets ask: from where a user let an application sign them in would cost more than it says.
 */
final class AddressRequests {

    /** The sets whose names, also as delegated scopes, are worth an address. */
    private static final List<String> SETS = List.of("mail", "files", "permissive", "tier-0", "mailbox-wide");

    /** Any network at all, so that public addresses count as external. */
    private static final AddressTable PUBLIC = PrefixAddressTable.of(List.of(OrgNetwork.newBuilder()
            .setCidr("192.0.2.1/32")
            .setLabel("documentation")
            .build()));

    private final Set<String> scopes = new HashSet<>();

    /**
     * The rule under a policy.
     *
     * @param sets the policy's; a scope counts by its name, whatever the API and the case
     */
    AddressRequests(PermissionSets sets) {
        for (String set : SETS) {
            for (Permission permission : sets.members(set)) {
                scopes.add(permission.value().toLowerCase(Locale.ROOT));
            }
        }
    }

    /**
     * The requests of a fact for one of its subjects, keyed for the actor step; none when it carries an address. Of a credential that
     * is added it is asked all the same: in which country its adder was no act tells.
     */
    List<Record<String, Routed>> of(Subject subject, AppEvent act) {
        List<Record<String, Routed>> requests = new ArrayList<>();
        if (asks(subject, act) && (!hasAddress(act.getActor()) || addsKey(subject, act))) {
            Set<String> keys = Actors.keys(act.getActor());
            for (String actor : keys) {
                requests.add(new Record<>(
                        ActorKeys.bucket(act.getTenantId(), actor),
                        Routed.Actor.request(
                                ActorStore.request(actor, keys.iterator().next(), subject.key(), act)),
                        0));
            }
        }
        return requests;
    }

    /**
     * A person and a tenant are given no more than some detection reads. From where somebody consented is asked for the application
     * alone: nothing about a person hangs on it, and consents can be millions.
     */
    private boolean asks(Subject subject, AppEvent act) {
        return subject.kind() == SubjectKind.APPLICATION ? asksForApplication(act) : !Acts.isUserLevel(act);
    }

    private boolean asksForApplication(AppEvent act) {
        return Acts.isUserLevel(act) ? grants(act).anyMatch(this::isTelling) : !RollUps.takes(act);
    }

    private boolean isTelling(String scope) {
        return scopes.contains(scope.toLowerCase(Locale.ROOT));
    }

    /** The scopes that a user's consent gives or would have given; none of an act that takes them or assigns the user. */
    private static Stream<String> grants(AppEvent act) {
        Object details = act.getDetails().orElse(null);
        if (details instanceof Consent consent) {
            return consent.getScopes().stream();
        }
        return details instanceof DelegatedGrant grant && !act.getOperation().equals(Operations.REMOVE_DELEGATED_GRANT)
                ? Stream.concat(grant.getScopes().stream(), grant.getAdded().stream())
                : Stream.empty();
    }

    private static boolean addsKey(Subject subject, AppEvent act) {
        return subject.kind() == SubjectKind.APPLICATION
                && Details.of(act, CredentialChange.class)
                        .filter(change -> !change.getAdded().isEmpty())
                        .isPresent();
    }

    /** Whether every address of the act tells where the actor was: a front-end or the token service says nothing about the actor. */
    private static boolean hasAddress(Actor actor) {
        List<String> addresses = Actors.addresses(actor);
        return !addresses.isEmpty()
                && !Actors.isOfTokenService(actor)
                && addresses.stream().allMatch(AddressRequests::tellsSomething);
    }

    private static boolean tellsSomething(String ip) {
        AddressClass addressClass = PUBLIC.lookup(ip, Instant.EPOCH).addressClass();
        return addressClass == AddressClass.EXTERNAL || addressClass == AddressClass.ORGANIZATION;
    }
}
