package io.rolecall.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NeighbourhoodsTest {

    @Test
    void an_address_lies_in_its_block_whatever_its_spelling() {
        // Given
        List<String> spellings = List.of("203.0.113.9", "203.0.113.250", "2001:DB8:0:1::7", "2001:db8:0:ffff::1");

        // When
        List<String> blocks =
                spellings.stream().map(ip -> Neighbourhoods.of(ip).orElse("-")).toList();

        // Then
        assertThat(blocks).containsExactly("203.0.113.0/24", "203.0.113.0/24", "2001:db8::/48", "2001:db8::/48");
    }

    @Test
    void a_front_end_of_entra_id_and_a_text_that_is_no_address_have_none() {
        // When
        List<String> blocks = List.of("20.190.130.5", "not an address").stream()
                .flatMap(ip -> Neighbourhoods.of(ip).stream())
                .toList();

        // Then
        assertThat(blocks).isEmpty();
    }
}
