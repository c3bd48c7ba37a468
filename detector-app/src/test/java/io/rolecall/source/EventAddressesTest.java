package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 1.2.3.4",
        "1.2.3.4:24012, 1.2.3.4",
        "[2001:db8::1]:443, 2001:db8::1",
        "[2001:db8::1], 2001:db8::1",
        "2001:db8::1, 2001:db8::1",
        "2600:100f:a100:735:2c45:127a:aaaa:0000, 2600:100f:a100:735:2c45:127a:aaaa:0000",
        "fe80::1%eth0, fe80::1",
        "::1, ::1",
        "::ffff:1.2.3.4, 1.2.3.4"
    })
    void port_brackets_zone_and_mapping_are_taken_off(String raw, String address) {
        // When
        String normalised = EventAddresses.normalise(raw);

        // Then
        assertThat(normalised).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<null>",
                "<Redacted>",
                "localhost",
                "host.example.com",
                "256.1.1.1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.*",
                "10.0.0.0/8",
                "*",
                ":",
                "::2a02:cf40:add:4002:91f2:a9b2:e09a:6fc6"
            })
    void what_is_no_address_is_absent(String raw) {
        // When
        String normalised = EventAddresses.normalise(raw);

        // Then
        assertThat(normalised).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[203.0.113.9, 198.51.100.7]",
                " [203.0.113.9,198.51.100.7] ",
                "203.0.113.9; 198.51.100.7:443",
                "[203.0.113.9]:443, 198.51.100.7"
            })
    void a_list_in_brackets_without_quotes_is_a_list(String raw) {
        // When
        var addresses = EventAddresses.first(TextNode.valueOf(raw));

        // Then
        assertThat(addresses).containsExactly("203.0.113.9", "198.51.100.7");
    }
}
