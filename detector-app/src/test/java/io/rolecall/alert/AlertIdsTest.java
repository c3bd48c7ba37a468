package io.rolecall.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlertIdsTest {

    @Test
    void an_id_is_the_prefix_and_forty_hex_digits_of_the_joined_text() {
        // Given: printf 'consent-burst\nt1\napp' | sha256sum
        String expected = "rc-804d845a2b51b99944687fa408baf385ce8bc0a0";

        // When
        String id = AlertIds.of("consent-burst", "t1", "app", List.of());

        // Then
        assertThat(id).isEqualTo(expected);
    }

    @Test
    void an_anchor_follows_on_its_own_line() {
        // Given: printf 'privileged-role-granted\n-\napp\nres/role' | sha256sum
        String expected = "rc-9f397c44e2ee67eb1fddd7d594357a1c82b76acf";

        // When
        String id = AlertIds.of("privileged-role-granted", "", "app", List.of("res/role"));

        // Then
        assertThat(id).isEqualTo(expected);
    }

    @Test
    void the_case_of_ids_does_not_matter() {
        // Given
        String lower = AlertIds.of("illicit-consent", "t1", "abc", List.of("alice@contoso.com"));

        // When
        String upper = AlertIds.of("illicit-consent", "T1", "ABC", List.of("Alice@Contoso.com"));

        // Then
        assertThat(upper).isEqualTo(lower);
    }
}
