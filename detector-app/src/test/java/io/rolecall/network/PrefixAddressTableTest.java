package io.rolecall.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolecall.schema.OrgNetwork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixAddressTableTest {

    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

    private static final PrefixAddressTable OFFICE =
            PrefixAddressTable.of(List.of(network("203.0.113.0/24", "office")));

    private static OrgNetwork network(String cidr, String label) {
        return network(cidr, label, null, null);
    }

    private static OrgNetwork network(String cidr, String label, @Nullable Instant from, @Nullable Instant to) {
        return new OrgNetwork(cidr, label, from, to);
    }

    @Test
    void an_address_in_a_listed_range_is_the_organisations_with_its_label() {
        // Given the office's range

        // When
        NetworkMatch match = OFFICE.lookup("203.0.113.77:50123", MARCH);

        // Then
        assertThat(match.addressClass()).isEqualTo(AddressClass.ORGANIZATION);
        assertThat(match.label()).contains("office");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "198.51.100.1, EXTERNAL",
        "2001:db8::1, EXTERNAL",
        "20.190.128.0, MICROSOFT_SERVICE",
        "20.190.191.255, MICROSOFT_SERVICE",
        "20.190.192.0, EXTERNAL",
        "40.126.3.1, MICROSOFT_SERVICE",
        "40.126.64.1, EXTERNAL",
        "2603:1027:1::5, MICROSOFT_SERVICE",
        "2603:1027:2::5, EXTERNAL",
        "20.50.1.1, EXTERNAL",
        "10.1.2.3, UNKNOWN",
        "172.16.0.1, UNKNOWN",
        "192.168.1.1, UNKNOWN",
        "127.0.0.1, UNKNOWN",
        "169.254.1.1, UNKNOWN",
        "100.64.0.1, UNKNOWN",
        "100.127.255.255, UNKNOWN",
        "100.128.0.1, EXTERNAL",
        "100.63.255.255, EXTERNAL",
        "224.0.0.1, UNKNOWN",
        "0.0.0.0, UNKNOWN",
        "255.255.255.255, UNKNOWN",
        "::1, UNKNOWN",
        "::, UNKNOWN",
        "fe80::1%eth0, UNKNOWN",
        "fd00::1, UNKNOWN",
        "ff02::1, UNKNOWN",
        "::ffff:10.0.0.1, UNKNOWN",
        "::ffff:203.0.113.9, ORGANIZATION",
        "<null>, UNKNOWN",
        "localhost, UNKNOWN",
        "'', UNKNOWN",
    })
    void every_address_has_a_class(String ip, AddressClass expected) {
        // Given the office's range only

        // When
        NetworkMatch match = OFFICE.lookup(ip, MARCH);

        // Then
        assertThat(match.addressClass()).isEqualTo(expected);
    }

    @Test
    void no_address_is_unknown() {
        // Given no address at all

        // When
        NetworkMatch match = OFFICE.lookup(null, MARCH);

        // Then
        assertThat(match).isEqualTo(NetworkMatch.of(AddressClass.UNKNOWN));
    }

    @Test
    void without_any_network_nothing_is_external() {
        // Given
        PrefixAddressTable table = PrefixAddressTable.EMPTY;

        // When
        NetworkMatch match = table.lookup("198.51.100.1", MARCH);

        // Then
        assertThat(match.addressClass()).isEqualTo(AddressClass.UNKNOWN);
        assertThat(table.isEmpty()).isTrue();
        assertThat(table.lookup("20.190.128.1", MARCH).addressClass()).isEqualTo(AddressClass.MICROSOFT_SERVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "100.64.1.1", "20.190.130.1", "fd12::1", "127.0.0.1"})
    void a_listed_range_wins_over_everything_else(String ip) {
        // Given
        PrefixAddressTable table = PrefixAddressTable.of(List.of(
                network("10.0.0.0/8", "lan"),
                network("100.64.0.0/10", "vpn"),
                network("20.190.130.0/24", "odd"),
                network("fd12::/16", "ula"),
                network("127.0.0.1", "self")));

        // When
        NetworkMatch match = table.lookup(ip, MARCH);

        // Then
        assertThat(match.addressClass()).isEqualTo(AddressClass.ORGANIZATION);
    }

    @Test
    void the_longest_prefix_that_is_valid_wins() {
        // Given
        PrefixAddressTable table = PrefixAddressTable.of(List.of(
                network("203.0.0.0/8", "wide"),
                network("203.0.113.0/24", "office"),
                network("203.0.113.128/25", "lab", APRIL, MAY)));

        // When
        List<String> labels = List.of(
                label(table, "203.0.113.200", MARCH),
                label(table, "203.0.113.200", APRIL),
                label(table, "203.0.113.200", MAY),
                label(table, "203.9.9.9", APRIL));

        // Then
        assertThat(labels).containsExactly("office", "lab", "office", "wide");
    }

    @Test
    void validity_begins_inclusive_and_ends_exclusive() {
        // Given
        PrefixAddressTable table = PrefixAddressTable.of(List.of(network("203.0.113.0/24", "office", APRIL, MAY)));

        // When
        List<AddressClass> classes = List.of(
                table.lookup("203.0.113.1", APRIL.minusNanos(1)).addressClass(),
                table.lookup("203.0.113.1", APRIL).addressClass(),
                table.lookup("203.0.113.1", MAY.minusNanos(1)).addressClass(),
                table.lookup("203.0.113.1", MAY).addressClass());

        // Then
        assertThat(classes)
                .containsExactly(
                        AddressClass.EXTERNAL,
                        AddressClass.ORGANIZATION,
                        AddressClass.ORGANIZATION,
                        AddressClass.EXTERNAL);
    }

    @Test
    void one_range_may_have_several_labels_over_time() {
        // Given
        PrefixAddressTable table = PrefixAddressTable.of(List.of(
                network("203.0.113.0/24", "before", null, APRIL), network("203.0.113.0/24", "after", APRIL, null)));

        // When
        List<String> labels = List.of(label(table, "203.0.113.1", MARCH), label(table, "203.0.113.1", APRIL));

        // Then
        assertThat(labels).containsExactly("before", "after");
    }

    @Test
    void of_several_valid_entries_of_one_range_the_one_that_began_last_wins() {
        // Given
        PrefixAddressTable table = PrefixAddressTable.of(
                List.of(network("203.0.113.0/24", "always"), network("203.0.113.0/24", "since-april", APRIL, null)));

        // When
        List<String> labels = List.of(label(table, "203.0.113.1", MARCH), label(table, "203.0.113.1", MAY));

        // Then
        assertThat(labels).containsExactly("always", "since-april");
    }

    @Test
    void the_version_depends_on_the_content_and_not_on_the_order() {
        // Given
        List<OrgNetwork> networks = new ArrayList<>(List.of(
                network("203.0.113.0/24", "office"),
                network("2001:db8::/32", "office"),
                network("198.51.100.0/24", "vpn", APRIL, MAY)));
        String version = PrefixAddressTable.of(networks).version();

        // When
        Collections.reverse(networks);
        String reversed = PrefixAddressTable.of(networks).version();

        // Then
        assertThat(reversed).isEqualTo(version).hasSize(32);
        assertThat(PrefixAddressTable.of(networks.subList(0, 2)).version()).isNotEqualTo(version);
        assertThat(OFFICE.with(network("203.0.113.0/24", "Office")).version()).isNotEqualTo(OFFICE.version());
    }

    @Test
    void a_change_makes_a_new_table_and_leaves_the_old_one_as_it_was() {
        // Given
        OrgNetwork vpn = network("198.51.100.0/24", "vpn");

        // When
        PrefixAddressTable wider = OFFICE.with(vpn);

        // Then
        assertThat(label(wider, "198.51.100.7", MARCH)).isEqualTo("vpn");
        assertThat(label(OFFICE, "198.51.100.7", MARCH)).isEmpty();
        assertThat(wider.without(PrefixAddressTable.key(vpn)).version()).isEqualTo(OFFICE.version());
        assertThat(wider.without("nothing|")).isSameAs(wider);
    }

    @Test
    void an_entry_of_the_same_key_replaces_the_old_one() {
        // Given an entry that ends now
        OrgNetwork ended = network("203.0.113.0/24", "office", null, APRIL);

        // When
        PrefixAddressTable table = OFFICE.with(ended);

        // Then
        assertThat(table.lookup("203.0.113.1", MAY).addressClass()).isEqualTo(AddressClass.EXTERNAL);
        assertThat(table.networks()).containsExactly(ended);
    }

    @Test
    void the_key_is_the_canonical_range_and_the_beginning() {
        // Given
        OrgNetwork network = network("2001:0DB8:0::/32", "office", APRIL, null);

        // When
        String key = PrefixAddressTable.key(network);

        // Then
        assertThat(key).isEqualTo("2001:db8::/32|2026-04-01T00:00:00Z");
        assertThat(PrefixAddressTable.key(network("203.0.113.7", "host"))).isEqualTo("203.0.113.7/32|");
    }

    @Test
    void a_range_that_cannot_be_parsed_is_refused() {
        // Given
        OrgNetwork broken = network("not-a-range", "office");

        // When / Then
        assertThatThrownBy(() -> OFFICE.with(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not-a-range");
    }

    @Test
    void the_shipped_ranges_of_entra_are_all_ranges() {
        // Given the shipped data

        // When
        List<String> ranges = EntraFrontEnds.ranges();

        // Then
        assertThat(ranges).contains("20.190.128.0/18", "40.126.0.0/18").hasSize(16);
        assertThat(ranges).allSatisfy(range -> assertThat(Cidr.parse(range).map(Cidr::isBlock))
                .contains(true));
    }

    private static String label(PrefixAddressTable table, String ip, Instant at) {
        return table.lookup(ip, at).label().orElse("");
    }
}
