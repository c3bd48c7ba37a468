package io.rolecall.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpLimitsTest {

    private static final String SECONDS_FOR_A_REQUEST = "sun.net.httpserver.maxReqTime";

    @AfterEach
    void restore() {
        System.clearProperty(SECONDS_FOR_A_REQUEST);
        HttpLimits.set();
    }

    @Test
    void a_request_has_a_limit_without_any_flag() {
        // Given
        System.clearProperty(SECONDS_FOR_A_REQUEST);

        // When
        HttpLimits.set();

        // Then
        assertThat(Long.getLong(SECONDS_FOR_A_REQUEST)).isPositive();
        assertThat(Integer.getInteger("jdk.httpserver.maxConnections")).isEqualTo(HttpLimits.CONNECTIONS);
    }

    @Test
    void a_flag_of_the_jvm_wins() {
        // Given
        System.setProperty(SECONDS_FOR_A_REQUEST, "3");

        // When
        HttpLimits.set();

        // Then
        assertThat(System.getProperty(SECONDS_FOR_A_REQUEST)).isEqualTo("3");
    }
}
