package io.rolecall.topology;

import io.rolecall.event.Actors;
import io.rolecall.event.Acts;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.network.AddressClass;
import io.rolecall.network.AddressTable;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.schema.state.AddressRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which acts ask for an address of their actor: those on an application that carry none which can be judged. The rule does not
 * look at the organisation's networks, because those may change later. Acts of single users do not ask: they can be millions, and
 * no detection judges from where a user consented.
 */
final class AddressRequests {

    /** Any network at all, so that public addresses count as external. */
    private static final AddressTable PUBLIC = PrefixAddressTable.of(List.of(OrgNetwork.newBuilder()
            .setCidr("192.0.2.1/32")
            .setLabel("documentation")
            .build()));

    private AddressRequests() {}

    /** The requests of a fact for one of its subjects, by {@code tenant/actor key}; empty when it asks for none. */
    static Map<String, AddressRequest> of(Subject subject, AppEvent act) {
        Map<String, AddressRequest> requests = new LinkedHashMap<>();
        if (subject.kind() == SubjectKind.APPLICATION
                && !Acts.isUserLevel(act)
                && !RollUps.takes(act)
                && !hasAddress(act)) {
            for (String actor : Actors.keys(act.getActor())) {
                requests.put(act.getTenantId() + "/" + actor, ActorStore.request(subject.key(), act));
            }
        }
        return requests;
    }

    private static boolean hasAddress(AppEvent act) {
        AddressClass addressClass = PUBLIC.lookup(act.getActor().getIp().orElse(null), act.getEventTime())
                .addressClass();
        return addressClass == AddressClass.EXTERNAL || addressClass == AddressClass.ORGANIZATION;
    }
}
