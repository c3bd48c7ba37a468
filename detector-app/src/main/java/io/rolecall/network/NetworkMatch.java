package io.rolecall.network;

import java.util.Optional;

/**
 * What the table says of an address.
 *
 * @param addressClass to whom it belongs
 * @param label label of the organisation's network, for class {@code ORGANIZATION} only
 */
public record NetworkMatch(AddressClass addressClass, Optional<String> label) {

    public static NetworkMatch of(AddressClass addressClass) {
        return new NetworkMatch(addressClass, Optional.empty());
    }
}
