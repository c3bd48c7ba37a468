package io.rolecall.topology;

import io.rolecall.network.AddressTable;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.schema.OrgNetwork;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The address table of this process, swapped as a whole when a network changes; shared by all its tasks. */
final class NetworkTable {

    private final AtomicReference<PrefixAddressTable> table = new AtomicReference<>(PrefixAddressTable.EMPTY);

    AddressTable table() {
        return Objects.requireNonNull(table.get());
    }

    /** Takes an entry, or removes it when the network is null. */
    void put(String key, @Nullable OrgNetwork network) {
        table.updateAndGet(current -> network == null ? current.without(key) : current.with(network));
    }

    /** Starts from what the store holds. */
    void load(Collection<OrgNetwork> networks) {
        table.set(PrefixAddressTable.of(networks));
    }
}
