package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolecall.deployment.CommandLineRun;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.story.StoryWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit} asks a service of two instances, of which each follows other applications, and reads what a replay gathered. */
class AuditOnBrokerTest {

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    /** Of an application that no log names: its secret is over, and its owner is gone. */
    private static final String EXPORT = """
            {"id": "7c4f8a52-0b9d-4f5e-9d6b-3f0a1c2e4d5f", "appId": "2f6c1d7e-9a3b-4c8d-8e5f-6a7b8c9d0e1f",
             "displayName": "Old CRM", "createdDateTime": "2021-05-10T08:00:00Z", "signInAudience": "AzureADMyOrg",
             "keyCredentials": [], "passwordCredentials": [{"keyId": "59eaeebc-8a6b-44a6-9f24-7d55e64420c9",
              "displayName": "sync", "startDateTime": "2023-01-01T00:00:00Z", "endDateTime": "2025-01-01T00:00:00Z"}],
             "owners": [{"id": "3605b373-c171-48f9-ac51-0540355f60b0", "userPrincipalName": "ann@contoso.com",
              "accountEnabled": false}]}
            """;

    private static final String EXPORTED = "2026-01-10T00:00:00Z";
    private static final String OLD_CRM = "2f6c1d7e-9a3b-4c8d-8e5f-6a7b8c9d0e1f";

    @Test
    void a_running_service_and_gathered_history_tell_of_every_application_what_its_logs_and_export_in_files_tell()
            throws Exception {
        // Given
        Path files = folder.resolve("story");
        Path export = Files.writeString(folder.resolve("applications.json"), EXPORT);
        try (StorySite opened = StorySite.open(BROKER.bootstrapServers(), folder, "audit")) {
            Site site = opened.site();
            StoryWriter.write(opened.story(), files);
            String tenant = opened.story().tenantId();
            CommandLineRun imported = command(
                    "inventory",
                    "import",
                    export.toString(),
                    "--config",
                    site.configurationFile().toString(),
                    "--tenant",
                    tenant,
                    "--at",
                    EXPORTED);
            CommandLineRun ofFiles = command(
                    "audit",
                    files.toString(),
                    "--networks",
                    files.resolve("networks.csv").toString(),
                    export.toString(),
                    "--tenant",
                    tenant,
                    "--at",
                    EXPORTED);

            // When
            await("the service has read what the files hold")
                    .atMost(Site.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(told(ofService(opened.first()))).isEqualTo(told(ofFiles)));

            // Then
            CommandLineRun ofFirst = ofService(opened.first());
            assertThat(imported.exitCode()).as(imported.err()).isZero();
            assertThat(ofFirst.exitCode()).as(ofFirst.err()).isZero();
            assertThat(ofService(opened.second()).out())
                    .isEqualTo(ofFirst.out())
                    .isNotEmpty();
            assertThat(told(ofFirst).get(OLD_CRM)).contains("credential-expired", "owner-gone");

            // And given
            Path gathered = folder.resolve("gathered");
            Replays.replay(site, "--dir", gathered.toString());

            // When
            CommandLineRun ofGathered = command(
                    "audit",
                    gathered.toString(),
                    "--config",
                    site.configurationFile().toString());

            // Then
            assertThat(ofGathered.exitCode()).as(ofGathered.err()).isZero();
            assertThat(told(ofGathered)).isEqualTo(told(ofFiles));
        }
    }

    private static CommandLineRun ofService(DetectorService service) {
        return command("audit", "--service", StorySite.address(service));
    }

    /** Permissions, owners, credentials, alerts and findings by application. */
    private static Map<String, Set<String>> told(CommandLineRun audit) throws IOException {
        Map<String, Set<String>> told = new TreeMap<>();
        for (String line : audit.out().lines().toList()) {
            JsonNode entry = new ObjectMapper().readTree(line);
            Set<String> parts = told.computeIfAbsent(entry.path("id").asText(), any -> new TreeSet<>());
            for (String list : Set.of("permissions", "owners", "alerts", "redirects")) {
                entry.path(list).forEach(one -> parts.add(list + one));
            }
            entry.path("credentials")
                    .forEach(key -> parts.add(key.path("keyId").asText() + " "
                            + key.path("expiresAt").asText()));
            entry.path("findings")
                    .forEach(finding -> parts.add(finding.path("id").asText()));
        }
        return told;
    }

    private static CommandLineRun command(String... arguments) {
        return CommandLineRun.of(Map.of(), arguments);
    }
}
