package io.rolecall.detection.read;

import io.rolecall.detection.memory.FirstUse;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.network.AddressClass;
import io.rolecall.network.AddressTable;
import java.util.Optional;

/**
 * Networks that are not the organisation's. The organisation's are known by their label and not by their autonomous system, which is
 * often that of a provider with many customers: whoever was only ever at the organisation's is not known to any other network of it.
 */
final class ForeignNetworks {

    private ForeignNetworks() {}

    /**
     * The first network that was not the organisation's as of its first use: it is new, whatever its autonomous system.
     *
     * @param blocks first uses of each /24 or /48
     */
    static Optional<FirstUse> first(FirstUses blocks, AddressTable networks) {
        return blocks.uses().stream()
                .filter(use -> !isOrganisations(use, networks))
                .findFirst();
    }

    /** By the block's first address: of an organisation that has less than the block, its own sightings may count as foreign. */
    private static boolean isOrganisations(FirstUse use, AddressTable networks) {
        String address = use.value().split("/", 2)[0];
        return networks.lookup(address, use.at()).addressClass() == AddressClass.ORGANIZATION;
    }
}
