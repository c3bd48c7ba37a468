package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.scenario.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that begin late, end early or have holes tell of no owner only what they show. */
class PartialLogsAuditTest {

    private static final String REGISTERED = "\"Add application\"";

    private static final List<String> ACTS = Lines.events(
            "at: +0d, by: admin, do: register-application, app: Owned",
            "at: +1d, by: admin, do: add-owner, app: Owned, owner: ann",
            "at: +2d, by: admin, do: remove-owner, app: Owned, owner: ann",
            "at: +3d, by: admin, do: add-credential, app: Owned, key: main",
            "at: +0d, by: admin, do: register-application, app: Ownerless, without: [ owner ]",
            "at: +1d, by: admin, do: assign-app-role, app: Ownerless, role: User.Read.All",
            "at: +4d, by: admin, do: update-application, app: Ownerless",
            "at: +2d, by: admin, do: remove-owner, app: Left, owner: ann",
            "at: +5d, by: admin, do: update-application, app: Left");

    @TempDir
    private Path folder;

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void an_application_whose_registration_the_logs_do_not_hold_is_never_called_ownerless(@ForAll long seed)
            throws IOException {
        // Given
        Random random = new Random(seed);
        List<String> left = ACTS.stream().filter(event -> random.nextInt(4) > 0).toList();

        // When
        Path file = Files.createTempFile("partial", ".ndjson");
        AuditRun run;
        try {
            run = AuditRun.with(Files.write(file, left).toString());
        } finally {
            Files.delete(file);
        }

        // Then
        assertThat(run.err).doesNotContain("rejected (");
        for (JsonNode entry : run.entries()) {
            String name = entry.path("displayName").asText();
            boolean registered =
                    left.stream().anyMatch(event -> event.contains(REGISTERED) && event.contains("\"" + name + "\""));
            if (!registered) {
                assertThat(AuditRun.findings(entry)).noneMatch(finding -> finding.contains("no-owner"));
                assertThat(AuditRun.texts(entry.path("unknown"))).contains("owners");
            }
        }
    }

    @Test
    void the_whole_logs_tell_who_has_none() throws IOException {
        // Given
        Path file = Files.write(folder.resolve("whole.ndjson"), ACTS);

        // When
        AuditRun run = AuditRun.with(file.toString());

        // Then
        assertThat(run.findings("Ownerless")).contains("low no-owner");
        assertThat(run.findings("Owned")).isEmpty();
        assertThat(run.findings("Left")).isEmpty();
        assertThat(AuditRun.texts(run.of("Left").path("unknown"))).contains("owners");
    }

    @Test
    void somebody_who_ceases_to_be_an_owner_and_of_whom_nothing_told_shows_that_the_logs_have_a_hole()
            throws IOException {
        // Given
        Path file = AuditRun.acts(
                folder,
                "hole.ndjson",
                "at: +0d, by: admin, do: register-application, app: Holed, without: [ owner ]",
                "at: +2d, by: admin, do: remove-owner, app: Holed, owner: ann");

        // When
        AuditRun run = AuditRun.with(file.toString());

        // Then
        assertThat(run.findings("Holed")).isEmpty();
        assertThat(AuditRun.texts(run.of("Holed").path("unknown"))).contains("owners");
    }

    @Test
    void an_owner_who_was_added_and_removed_leaves_none() throws IOException {
        // Given
        Path file = AuditRun.acts(
                folder,
                "removed.ndjson",
                "at: +0d, by: admin, do: register-application, app: Left, without: [ owner ]",
                "at: +1d, by: admin, do: add-owner, app: Left, owner: ann",
                "at: +2d, by: admin, do: remove-owner, app: Left, owner: ann");

        // When
        AuditRun run = AuditRun.with(file.toString());

        // Then
        assertThat(run.findings("Left")).containsExactly("low no-owner");
    }
}
