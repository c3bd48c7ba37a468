package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.cli.ExitCode;
import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.PolicyFile;
import io.rolecall.service.DetectorService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service logging in with tokens (OAUTHBEARER), from an issuer whose keys the broker fetches. */
@Timeout(120)
class TokenServiceTest {

    /** Kafka 4 fetches tokens and keys from nowhere else. */
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    private static final String HANDLERS = "org.apache.kafka.common.security.oauthbearer.";

    @TempDir
    private static Path shared;

    private static IdentityProvider provider;
    private static SecuredBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBroker() throws IOException, InterruptedException, GeneralSecurityException {
        provider = IdentityProvider.start();
        System.setProperty(ALLOWED_URLS, provider.tokenUrl() + "," + provider.keysUrl());
        broker = SecuredBroker.start(
                shared,
                Map.of(
                        "listeners",
                        "INTERNAL://127.0.0.1:0,TOKEN://127.0.0.1:0",
                        "listener.security.protocol.map",
                        "INTERNAL:PLAINTEXT,TOKEN:SASL_PLAINTEXT",
                        "sasl.enabled.mechanisms",
                        "OAUTHBEARER",
                        "sasl.oauthbearer.jwks.endpoint.url",
                        provider.keysUrl(),
                        "sasl.oauthbearer.expected.audience",
                        IdentityProvider.AUDIENCE,
                        "sasl.oauthbearer.expected.issuer",
                        IdentityProvider.ISSUER,
                        "listener.name.token.oauthbearer.sasl.server.callback.handler.class",
                        HANDLERS + "OAuthBearerValidatorCallbackHandler",
                        "listener.name.token.oauthbearer.sasl.jaas.config",
                        HANDLERS + "OAuthBearerLoginModule required;"));
        broker.createTopics(ConfigFile.read(Map.of()));
        broker.produce("entra.audit-logs", AbuseEvents.registration(), AbuseEvents.grant());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
        provider.close();
        System.clearProperty(ALLOWED_URLS);
    }

    @Test
    void with_a_token_and_exactly_the_printed_rights_events_become_an_alert() throws Exception {
        // Given
        Configuration configuration = ConfigFile.read(config(IdentityProvider.SECRET), Map.of());
        String principal = "User:" + IdentityProvider.CLIENT;
        broker.grant(
                principal,
                PrintedRights.of(new KafkaCommands("broker:9092")
                        .script(DeploymentPlan.of(configuration, 1, OptionalInt.empty()), principal)));

        // When
        try (DetectorService service = DetectorService.start(
                configuration,
                Catalogue.shipped(),
                PolicyFile.load("defaults", "", Catalogue.shipped().parameters())
                        .policy(),
                Clock.systemUTC())) {
            assertThat(service.awaitRunning(Duration.ofSeconds(60))).isTrue();
            await().atMost(Duration.ofSeconds(60)).until(() -> broker.end("rolecall.alerts") > 0);
        }

        // Then
        assertThat(broker.end("rolecall.alerts.ocsf")).isPositive();
    }

    @Test
    void a_client_secret_that_the_issuer_refuses_is_told_and_not_shown() throws IOException {
        // Given
        Path file = config("wrong-secret-1");

        // When
        CommandLineRun run = CommandLineRun.of(Map.of(), "run", "--config", file.toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(run.err()).contains("token").contains("401").doesNotContain("wrong-secret-1");
    }

    private Path config(String secret) throws IOException {
        Path secrets = Files.writeString(folder.resolve("secrets.properties"), "client=" + secret + "\n");
        return Files.writeString(folder.resolve("rolecall.yaml"), """
                state-dir: %s
                streams: { num.stream.threads: 1 }
                registry: { schema.registry.url: "mock://tokens" }
                http: { port: 0 }
                kafka:
                  bootstrap.servers: %s
                  security.protocol: SASL_PLAINTEXT
                  sasl.mechanism: OAUTHBEARER
                  sasl.jaas.config: org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;
                  sasl.login.callback.handler.class: %sOAuthBearerLoginCallbackHandler
                  sasl.oauthbearer.token.endpoint.url: %s
                  sasl.oauthbearer.client.credentials.client.id: %s
                  sasl.oauthbearer.client.credentials.client.secret: ${file:%s:client}
                  sasl.oauthbearer.scope: kafka
                  sasl.login.retry.backoff.max.ms: 500
                """.formatted(
                        folder.resolve("state"),
                        broker.address("TOKEN"),
                        HANDLERS,
                        provider.tokenUrl(),
                        IdentityProvider.CLIENT,
                        secrets));
    }
}
