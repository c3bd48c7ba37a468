package io.rolecall.sandbox.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolecall.deployment.CommandLineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit of the whole story, and what changed in it after its fifteenth day. */
class StoryAuditTest {

    private static final StoryOptions OPTIONS =
            StoryOptions.defaults().withNoisePerDay(0).withAll(true);

    /**
     * What the scenes do from day 15 on, application by application; nothing of whose acts are undone on the same day (Report Runner,
     * Report Mailer), are only signs of life (Team Lunch, Mailbox Index), or lie before (Old Exporter).
     */
    private static final String CHANGES = """
            Address Book changed: tenancy from single to multi; new alert medium tenancy-flip
            Blue Widget new:
            Calm One new:
            Calm Three new:
            Calm Two new:
            Cluster Agent changed: incident from none to one; new alert high workload-token-used-elsewhere
            Contract Archive changed: new credential secret temp; new credential certificate CN=archive; new alert high credential-on-privileged-app; new alert high credential-on-privileged-app; new alert high mailbox-use-after-grant; new alert high mailbox-use-after-grant; new alert medium service-principal-sign-in-anomaly
            Cost Reporter changed: incident from none to one; new permission Owner of Azure (azure-role, for /subscriptions/3f2b0b5e-1a44-4c5e-8a77-0d6f3b1a2c3d); new alert high azure-role-to-application
            Cost Viewer changed: new permission Reader of Azure (azure-role, for /subscriptions/3f2b0b5e-1a44-4c5e-8a77-0d6f3b1a2c3d)
            Green Widget new:
            Intranet Search changed: new credential secret second; gone credential secret first
            Log Reader changed: new permission Reader of Azure (azure-role, for /subscriptions/3f2b0b5e-1a44-4c5e-8a77-0d6f3b1a2c3d)
            Log Shipper changed: incident from none to one; new permission Reader of Azure (azure-role, for /subscriptions/3f2b0b5e-1a44-4c5e-8a77-0d6f3b1a2c3d); new alert high azure-abuse-after-grant
            Lunch Menu changed: tenancy from single to multi
            Mail Archive Helper changed: new permission Directory.ReadWrite.All of Microsoft Graph (application, for everybody); new permission Files.ReadWrite.All of Microsoft Graph (application, for everybody); new permission User.Read of Microsoft Graph (delegated, for everybody); new credential secret sync; new alert high mailbox-use-after-grant; new alert high credential-on-privileged-app; new alert high privileged-role-granted; new alert high mailbox-use-after-grant; new alert high mail-flow-tampering; new alert high mailbox-use-after-grant; new alert low undeclared-permission; new alert low undeclared-permission; new alert informational application-consent; new finding medium undeclared-permission Directory.ReadWrite.All of Microsoft Graph (application); new finding medium undeclared-permission Files.ReadWrite.All of Microsoft Graph (application)
            Mail Footer changed: incident from none to one; new alert high mail-flow-tampering
            Nightly Export changed: incident from none to one; new alert medium service-principal-sign-in-anomaly
            Old Importer changed: incident from none to one; new alert medium dormant-application-awakened
            Recipe Box changed: incident from none to one; new alert medium rare-application
            Storm Four new:
            Storm One new:
            Storm Three new:
            Storm Two new:
            Teams Device Admin Agent new:
            Travel Expenses (SAML) new:
            Vendor Mirror changed: new credential secret extra; new alert high credential-on-privileged-app
            Vendor Portal changed: new owner quirin@contoso.com; new credential secret extra; new alert high credential-on-privileged-app; new alert medium owner-then-credential
            Weekly Export new:
            tenant new:
            """;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws Exception {
        StoryWriter.write(Story.generate(OPTIONS), folder);
    }

    @Test
    void each_finding_of_the_story_has_an_act_of_the_script_behind_it() throws Exception {
        // Given
        // What scenes grant past the registrations, which declare Mail.ReadWrite alone, or nothing, and a tunnel.
        List<String> expected = List.of(
                "Mail Archive Helper: medium undeclared-permission Directory.ReadWrite.All of Microsoft Graph (application)",
                "Mail Archive Helper: medium undeclared-permission Files.ReadWrite.All of Microsoft Graph (application)",
                "Contract Archive: medium undeclared-permission Mail.Read of Microsoft Graph (application)",
                "Expense Archive: medium undeclared-permission Files.Read.All of Microsoft Graph (application)",
                "Expense Archive: medium undeclared-permission Files.ReadWrite.All of Microsoft Graph (application)",
                "Expense Archive: medium undeclared-permission Mail.Read of Microsoft Graph (application)",
                "Branch Scanner: medium undeclared-permission Files.Read.All of Microsoft Graph (application)",
                "Meeting Analytics: low undeclared-permission Mail.ReadBasic.All of Microsoft Graph (application)",
                "Intranet Search: low undeclared-permission User.Read.All of Microsoft Graph (application)",
                "Journal Reader: low undeclared-permission Mail.Read of Office 365 Exchange Online (application)",
                "Intranet Search: high redirect-unsafe https://a1b2-c3.ngrok-free.app/auth",
                "Mail Booster: medium tenant-wide-scopes Mail.Read of Microsoft Graph (delegated)");

        // When
        List<String> found = new ArrayList<>();
        for (JsonNode entry : audit()) {
            entry.path("findings")
                    .forEach(finding -> found.add(name(entry) + ": "
                            + finding.path("severity").asText() + " "
                            + finding.path("id").asText() + " "
                            + finding.path("about").asText()));
        }

        // Then
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void against_a_baseline_of_day_fifteen_exactly_what_the_script_changed_is_told() throws Exception {
        // Given
        Path baseline = folder.resolve("day-15.out");
        audit("--as-of", OPTIONS.scriptDay(15).toString(), "--output", baseline.toString());

        // When
        List<String> told = new ArrayList<>();
        for (JsonNode entry : audit("--baseline", baseline.toString())) {
            List<String> changes = new ArrayList<>();
            entry.path("changes").forEach(change -> changes.add(named(change.asText())));
            told.add((name(entry) + " " + entry.path("change").asText() + ": " + String.join("; ", changes)).strip());
        }

        // Then
        assertThat(told).containsExactlyInAnyOrderElementsOf(CHANGES.lines().toList());
    }

    /** A change without the ids, which follow from the seed. */
    private static String named(String change) {
        return change.replaceAll(" (rc-[0-9a-f]{40}|[0-9a-f-]{36})$", "").replaceAll("ri-[0-9a-f]{40}", "one");
    }

    private static String name(JsonNode entry) {
        return entry.path("displayName").asText(entry.path("kind").asText());
    }

    private static List<JsonNode> audit(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "audit",
                folder.toString(),
                "--networks",
                folder.resolve("networks.csv").toString(),
                "--policy",
                folder.resolve("policy.yaml").toString()));
        arguments.addAll(Stream.of(more).toList());
        CommandLineRun run = CommandLineRun.of(Map.of(), arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<JsonNode> entries = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            entries.add(new ObjectMapper().readTree(line));
        }
        return entries;
    }
}
