package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.network.PrefixAddressTable;
import io.rolecall.schema.OrgNetwork;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NetworkChangesTest {

    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void networks_are_compared_by_range_and_beginning() {
        // Given
        OrgNetwork same = new OrgNetwork("203.0.113.0/24", "office", null, null);
        OrgNetwork relabelled = new OrgNetwork("198.51.100.0/25", "vpn", null, null);
        OrgNetwork ended = new OrgNetwork("198.51.100.0/25", "vpn", DAY, DAY.plusSeconds(1));
        OrgNetwork only = new OrgNetwork("2001:db8::/32", "lab", null, null);
        Map<String, OrgNetwork> held = new TreeMap<>();
        List.of(same, new OrgNetwork("198.51.100.0/25", "old", null, null), only)
                .forEach(network -> held.put(PrefixAddressTable.key(network), network));

        // When
        NetworkChanges changes = NetworkChanges.between(held, List.of(same, relabelled, ended));

        // Then
        assertThat(changes.added()).containsOnlyKeys("198.51.100.0/25|2026-01-01T00:00:00Z");
        assertThat(changes.changed()).containsOnlyKeys("198.51.100.0/25|");
        assertThat(changes.unchanged()).isEqualTo(1);
        assertThat(changes.others()).isEqualTo(1);
        assertThat(changes.toWrite()).containsValues(relabelled, ended).hasSize(2);
    }
}
