package io.rolecall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rolecall.config.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySettingsTest {

    private static final String URL = "http://localhost:8081";

    @Test
    void a_missing_url_says_how_to_set_it() {
        // Given
        Map<String, String> empty = Map.of();

        // When
        Throwable thrown = catchThrowable(() -> Registry.open(empty));

        // Then
        assertThat(thrown)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("registry.schema.registry.url in the configuration file")
                .hasMessageContaining("ROLECALL_REGISTRY_SCHEMA_REGISTRY_URL")
                .hasMessageContaining("mock://local");
    }

    @Test
    void the_defaults_register_and_wait_seconds() {
        // Given
        Map<String, String> onlyUrl = Map.of("schema.registry.url", URL + "/");

        // When
        RegistrySettings settings = RegistrySettings.of(onlyUrl);

        // Then
        assertThat(settings.endpoints()).extracting(RegistryAddress::toString).containsExactly(URL);
        assertThat(settings.autoRegister()).isTrue();
        assertThat(settings.useLatest()).isFalse();
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.readTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.retries()).isEqualTo(3);
        assertThat(settings.tls()).isNull();
        assertThat(settings.proxy()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "schema.registry.url | localhost:8081 | must be http://HOST[:PORT]",
                "schema.registry.url | http://a,, | must be http://HOST[:PORT]",
                "schema.registry.url | ftp://a | must be http://HOST[:PORT]",
                "schema.registry.url | http://a b | is no URL",
                "schema.registry.url | mock://a,http://b | must be mock://SCOPE, alone",
                "schema.registry.url | mock:// | must be mock://SCOPE, alone",
                "auto.register.schemas | yes | 'yes' is neither true nor false",
                "http.read.timeout.ms | 10s | '10s' is no whole number from 1 to 3600000",
                "max.retries | -1 | '-1' is no whole number from 0 to 1000",
                "basic.auth.credentials.source | SASL_INHERIT | 'SASL_INHERIT' is not one of USER_INFO, URL",
                "basic.auth.credentials.source | USER_INFO | registry.basic.auth.user.info: is missing",
                "bearer.auth.credentials.source | OAUTHBEARER | 'OAUTHBEARER' is not one of STATIC_TOKEN",
                "value.subject.name.strategy | io.confluent.RecordNameStrategy | TopicNameStrategy only",
                "schema.registry.proxy.host | proxy | proxy.port go together",
                "schema.registry.ssl.endpoint.identification.algorithm | none | is always checked",
                "schema.registry.ssl.truststore.location | /nowhere.jks | /nowhere.jks",
            })
    void what_is_wrong_is_said_with_the_key(String key, String value, String said) {
        // Given
        Map<String, String> properties = new TreeMap<>(Map.of("schema.registry.url", URL));
        properties.put(key, value);

        // When
        Throwable thrown = catchThrowable(() -> Registry.open(properties));

        // Then
        assertThat(thrown)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("configuration: registry.")
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({
        "schema.registry.url, http://me:s3cret@a b",
        "schema.registry.url, 'http://a,me:s3cret@b'",
        "schema.registry.url, http://s3cret@a",
        "basic.auth.user.info, s3cret",
        "bearer.auth.token, s3cret with blanks",
        "schema.registry.ssl.keystore.key, s3cret",
    })
    void what_is_wrong_is_said_without_the_secret(String key, String value) {
        // Given
        Map<String, String> properties = new TreeMap<>(Map.of("schema.registry.url", URL));
        properties.put(key, value);

        // When
        Throwable thrown = catchThrowable(() -> Registry.open(properties));

        // Then
        assertThat(thrown)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("registry.")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void settings_print_without_secrets() {
        // Given
        RegistrySettings settings = RegistrySettings.of(Map.of(
                "schema.registry.url",
                "https://me:s3cret@registry",
                "schema.registry.proxy.host",
                "p",
                "proxy.port",
                "1"));

        // When
        String text = settings.toString();

        // Then
        assertThat(text).contains("https://registry").doesNotContain("s3cret").doesNotContain("czNjcmV0");
        assertThat(settings.endpoints().get(0).authorization()).isEqualTo("Basic bWU6czNjcmV0");
    }

    @Test
    void two_kinds_of_credentials_exclude_each_other() {
        // Given
        Map<String, String> both =
                Map.of("schema.registry.url", URL, "basic.auth.user.info", "a:b", "bearer.auth.token", "c");

        // When
        Throwable thrown = catchThrowable(() -> Registry.open(both));

        // Then
        assertThat(thrown).isInstanceOf(ConfigurationException.class).hasMessageContaining("exclude each other");
    }

    @Test
    void the_latest_version_cannot_be_used_and_replaced_at_once() {
        // Given
        Map<String, String> both =
                Map.of("schema.registry.url", URL, "use.latest.version", "true", "auto.register.schemas", "true");

        // When
        Throwable thrown = catchThrowable(() -> Registry.open(both));

        // Then
        assertThat(thrown)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("needs auto.register.schemas=false");
    }
}
