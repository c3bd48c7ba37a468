package io.rolecall.detection;

import io.rolecall.network.AddressClass;
import io.rolecall.schema.AppEvent;
import java.util.List;
import java.util.Optional;

/**
 * The address an act was done from, and how that is known.
 *
 * @param ip the address that decides the class; empty when none is known
 * @param addressClass its class as of the time of the act
 * @param network label of the organisation's network
 * @param basis {@code event}, {@code sign-in}, {@code audit-event} or {@code none}
 * @param disagreeing sightings of the actor in the range whose class differs from {@code addressClass}
 */
public record ResolvedAddress(
        Optional<String> ip,
        AddressClass addressClass,
        Optional<String> network,
        String basis,
        List<AppEvent> disagreeing) {

    public ResolvedAddress {
        disagreeing = List.copyOf(disagreeing);
    }

    /** Whether the address is not the event's own but resolved from sightings of the actor. */
    public boolean fromSightings() {
        return basis.equals("sign-in") || basis.equals("audit-event");
    }
}
