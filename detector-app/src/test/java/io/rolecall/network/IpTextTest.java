package io.rolecall.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTextTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "1.2.3.4, 1.2.3.4",
        "' 1.2.3.4 ', 1.2.3.4",
        "1.2.3.4:50123, 1.2.3.4",
        "[2001:db8::1]:443, 2001:db8::1",
        "[2001:db8::1], 2001:db8::1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "::ffff:1.2.3.4, 1.2.3.4",
        "[::ffff:1.2.3.4]:443, 1.2.3.4",
        "::FFFF:102:304, 1.2.3.4",
        "fe80::1%eth0, fe80::1",
        "[fe80::1%12]:80, fe80::1",
        "::1, ::1",
        "2a01:111:f406::, 2a01:111:f406::",
    })
    void an_address_is_normalised_whatever_the_log_puts_around_it(String logged, String expected) {
        // Given an address as logs write it

        // When
        Optional<String> normalised = IpText.normalise(logged);

        // Then
        assertThat(normalised).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "<null>",
                "<Redacted>",
                "localhost",
                "localhost:8080",
                "mail.contoso.com",
                "face.example.com",
                "10.in-addr.arpa",
                "::2a02:cf40:add:4002:91f2:a9b2:e09a:6fc6",
                "1:2:3:4:5:6:7:8:9",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.*",
                "1.2.3.0/24",
                "1.2.3.1-9",
                "2001:db8::/32",
                "16909060",
                "0x01020304",
                "1.2.3.4:99999",
                "1.2.3.4:port",
                "[2001:db8::1",
                "[2001:db8::1]443",
                "Not Available",
                "-",
                "::ffff:1.2.3.4.5"
            })
    void what_is_no_address_is_absent(String logged) {
        // Given something that logs write in the place of an address

        // When
        Optional<String> normalised = IpText.normalise(logged);

        // Then
        assertThat(normalised).isEmpty();
    }

    @Test
    void no_text_is_no_address() {
        // Given no text at all

        // When
        Optional<String> normalised = IpText.normalise(null);

        // Then
        assertThat(normalised).isEmpty();
    }

    @Property(tries = 3000)
    void any_text_either_normalises_to_a_fixed_point_or_is_absent(
            @ForAll @StringLength(max = 120) @CharRange(from = ' ', to = '~') String text) {
        // Given any printable text

        // When
        Optional<String> normalised = IpText.normalise(text);

        // Then
        assertThat(normalised.flatMap(IpText::normalise)).isEqualTo(normalised);
    }

    @Property(tries = 3000)
    void text_made_of_address_characters_never_throws(
            @ForAll @StringLength(max = 60) @CharRange(from = '0', to = ':') String digits,
            @ForAll @StringLength(max = 8) String unicode) {
        // Given text close to an address, with anything behind it

        // When
        Optional<String> normalised = IpText.normalise(digits + unicode);

        // Then
        assertThat(normalised.flatMap(IpText::normalise)).isEqualTo(normalised);
    }

    @Property
    void every_ipv4_address_survives_with_and_without_a_port(
            @ForAll @IntRange(max = 255) int a,
            @ForAll @IntRange(max = 255) int b,
            @ForAll @IntRange(max = 255) int c,
            @ForAll @IntRange(max = 255) int d,
            @ForAll @IntRange(max = 65535) int port) {
        // Given
        String address = a + "." + b + "." + c + "." + d;

        // When
        Optional<String> normalised = IpText.normalise(address + ":" + port);

        // Then
        assertThat(normalised).contains(address).isEqualTo(IpText.normalise(address));
    }

    @Example
    void a_very_long_text_is_no_address() {
        // Given
        String text = "1".repeat(1_000_000);

        // When
        Optional<String> normalised = IpText.normalise(text);

        // Then
        assertThat(normalised).isEmpty();
    }
}
