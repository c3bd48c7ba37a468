package io.rolecall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void references_to_files_directories_and_variables_are_resolved() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("kafka.properties"), "user=rolecall\npassword=p:w=1 \n");
        Files.writeString(folder.resolve("token"), "abc\n");
        Map<String, String> properties = Map.of(
                "sasl.jaas.config",
                "Login required username=\"${file:" + file + ":user}\" password=\"${file:" + file + ":password}\";",
                "bearer.auth.token",
                "${dir:" + folder + ":token}",
                "ssl.key.password",
                "${env:KEY_PASSWORD}",
                "client.id",
                "costs $5");

        // When
        Map<String, String> resolved = Secrets.of(Map.of("KEY_PASSWORD", "k")).resolve("kafka", properties);

        // Then
        assertThat(resolved)
                .containsEntry("sasl.jaas.config", "Login required username=\"rolecall\" password=\"p:w=1 \";")
                .containsEntry("bearer.auth.token", "abc")
                .containsEntry("ssl.key.password", "k")
                .containsEntry("client.id", "costs $5");
    }

    @Test
    void everything_that_cannot_be_resolved_is_said_at_once_and_no_value_is_shown() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("kafka.properties"), "other=hunter2\n");
        Map<String, String> properties = Map.of(
                "a.password", "${file:" + file + ":password}",
                "b.password", "${file:" + folder.resolve("missing") + ":password}",
                "c.password", "${dir:" + folder + ":missing}",
                "d.password", "${env:MISSING}",
                "e.password", "hunter2 ${vault:a:b}");

        // When
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> Secrets.of(Map.of("OTHER", "hunter2"))
                        .resolve("kafka", properties));

        // Then
        assertThat(thrown.problems())
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(
                        "kafka.a.password",
                        "kafka.b.password",
                        "kafka.c.password",
                        "kafka.d.password",
                        "kafka.e.password");
        assertThat(thrown)
                .hasMessageContaining("the file " + file + " has no key password")
                .hasMessageContaining(folder.resolve("missing").toString())
                .hasMessageContaining("the directory " + folder + " has no readable file missing")
                .hasMessageContaining("the environment has no variable MISSING")
                .hasMessageContaining("unknown provider 'vault'; allowed: dir, env, file")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_reference_to_a_provider_that_the_client_brings_is_left_to_it() {
        // Given
        Map<String, String> properties =
                Map.of("config.providers", "vault", "config.providers.vault.class", "x.Vault", "p", "${vault:a:b}");

        // When
        Map<String, String> resolved = Secrets.of(Map.of()).resolve("kafka", properties);

        // Then
        assertThat(resolved).containsEntry("p", "${vault:a:b}");
    }

    @ParameterizedTest
    @CsvSource({
        "sasl.jaas.config",
        "ssl.key.password",
        "ssl.keystore.key",
        "ssl.truststore.password",
        "schema.registry.ssl.keystore.password",
        "basic.auth.user.info",
        "schema.registry.basic.auth.user.info",
        "bearer.auth.token",
        "sasl.oauthbearer.client.credentials.client.secret",
        "sasl.oauthbearer.assertion.private.key.passphrase",
        "some.api-key",
        "x.API_KEY",
        "aws.credentials"
    })
    void what_its_name_calls_a_secret_is_redacted(String property) {
        // Given
        Map<String, String> properties = Map.of(property, "hunter2");

        // When
        Map<String, String> shown = Secrets.redacted(properties);

        // Then
        assertThat(shown).containsExactly(Map.entry(property, "[redacted]"));
    }

    @ParameterizedTest
    @CsvSource({
        "basic.auth.credentials.source,USER_INFO",
        "sasl.oauthbearer.token.endpoint.url,https://login.example/token",
        "ssl.keystore.location,/etc/key.p12",
        "sasl.oauthbearer.assertion.private.key.file,/etc/key.pem",
        "ssl.keystore.certificate.chain,public",
        "key.deserializer,x.Y",
        "sasl.mechanism,PLAIN",
        "ssl.key.password,${file:/run/secrets/k:p}"
    })
    void what_only_describes_or_refers_to_a_secret_is_shown(String property, String value) {
        // Given
        Map<String, String> properties = Map.of(property, value);

        // When
        Map<String, String> shown = Secrets.redacted(properties);

        // Then
        assertThat(shown).containsExactly(Map.entry(property, value));
    }

    @Test
    void user_and_password_in_a_url_are_redacted() {
        // Given
        Map<String, String> properties =
                Map.of("schema.registry.url", "https://me:hun@ter2@one:8081,http://two:8081/a@b,https://u@three");

        // When
        Map<String, String> shown = Secrets.redacted(properties);

        // Then
        assertThat(shown.get("schema.registry.url"))
                .isEqualTo("https://[redacted]@one:8081,http://two:8081/a@b,https://[redacted]@three");
    }

    @Test
    void a_secret_beside_a_reference_is_redacted() {
        // Given
        Map<String, String> properties = Map.of("sasl.jaas.config", "password=\"hunter2\" user=\"${env:A}\" ${env:B}");

        // When
        Map<String, String> shown = Secrets.redacted(properties);

        // Then
        assertThat(shown).containsEntry("sasl.jaas.config", "[redacted]");
    }

    @Test
    void a_configuration_shown_as_text_holds_no_secret() {
        // Given
        Configuration configuration = ConfigFile.read("rolecall.yaml", """
                kafka: { sasl.jaas.config: "password=hunter2" }
                registry: { schema.registry.url: "http://me:hunter2@one" }
                """, Map.of("UNRELATED", "hunter2"));

        // When
        String text = configuration.toString();

        // Then
        assertThat(text).contains("sasl.jaas.config=[redacted]").doesNotContain("hunter2");
        assertThat(List.of(configuration.secrets()).toString()).doesNotContain("hunter2");
    }
}
