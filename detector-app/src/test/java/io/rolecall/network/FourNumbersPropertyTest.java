package io.rolecall.network;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4Address;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FourNumbersPropertyTest {

    @Property(tries = 2_000)
    void four_numbers_are_the_address_that_the_library_reads(@ForAll("nearlyAddresses") String text)
            throws AddressStringException {
        // Given
        long number = IpText.fourNumbers(text);

        // When
        Optional<IPAddress> read = IpText.parse(text);

        // Then
        if (number != IpText.NONE) {
            assertThat(new IPv4Address((int) number).equals(new IPAddressString(text).toAddress()))
                    .isTrue();
            assertThat(read).hasValue(new IPv4Address((int) number));
        }
        boolean usual =
                read.map(IPAddress::toCanonicalString).filter(text::equals).isPresent() && text.indexOf(':') < 0;
        assertThat(number != IpText.NONE).isEqualTo(usual);
    }

    @Property(tries = 2_000)
    void the_network_around_four_numbers_is_the_one_around_their_address(@ForAll("addresses") String text) {
        // Given
        String asMapped = "::ffff:" + text;

        // When
        Optional<String> network = Neighbourhoods.of(text);

        // Then
        assertThat(network).isEqualTo(Neighbourhoods.of(asMapped));
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> anywhere = Arbitraries.integers().map(bits -> new IPv4Address(bits).toCanonicalString());
        Arbitrary<String> ofEntra = Arbitraries.integers().between(0, 255).map(last -> "20.190.130." + last);
        return Arbitraries.oneOf(anywhere, ofEntra);
    }

    @Provide
    Arbitrary<String> nearlyAddresses() {
        Arbitrary<String> group = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 300).map(String::valueOf),
                Arbitraries.of("", "00", "01", "256", "1000", "4294967296", "0x1", "1 ", "a", "-1", "1:2"));
        Arbitrary<String> groups = group.list().ofMinSize(3).ofMaxSize(5).map(parts -> parts.stream()
                .collect(Collectors.joining(".")));
        return Arbitraries.oneOf(
                addresses(), groups, groups.map(text -> Stream.of(text, "80").collect(Collectors.joining(":"))));
    }
}
