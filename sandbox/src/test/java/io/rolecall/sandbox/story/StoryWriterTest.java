package io.rolecall.sandbox.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.acts.Json;
import io.rolecall.cli.CommandProvider;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.PolicyFile;
import io.rolecall.sandbox.StoryCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StoryWriterTest {

    private static final StoryOptions SMALL =
            StoryOptions.defaults().withDays(4).withNoisePerDay(200);

    @Test
    void the_same_seed_writes_the_same_bytes(@TempDir Path directory) throws IOException {
        // Given
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        StoryWriter.write(Story.generate(SMALL), first);

        // When
        StoryWriter.write(Story.generate(SMALL), second);

        // Then
        try (Stream<Path> files = Files.list(first)) {
            assertThat(files.toList()).hasSize(Envelope.values().length + 3).allSatisfy(file -> assertThat(
                            second.resolve(file.getFileName()))
                    .hasSameBinaryContentAs(file));
        }
    }

    @Test
    void every_record_is_written_once_in_its_envelope(@TempDir Path directory) throws IOException {
        // Given
        Story story = Story.generate(SMALL);
        long inBatches = story.events()
                .filter(event -> event.envelope() == Envelope.ENTRA_AUDIT_RECORDS)
                .count();

        // When
        long written = StoryWriter.write(story, directory);

        // Then
        assertThat(written).isEqualTo(story.events().count());
        long found = Files.readAllLines(directory.resolve("entra-audit.records.json")).stream()
                .mapToLong(line -> Json.read(line).path("records").size())
                .sum();
        assertThat(found).isEqualTo(inBatches);
        assertThat(Files.readAllLines(directory.resolve("networks.csv")))
                .hasSize(5)
                .startsWith("cidr,label,valid_from,valid_to");
        assertThat(Files.readAllLines(directory.resolve("truth.ndjson")))
                .hasSize(story.truth().size());
    }

    @Test
    void the_command_is_found_as_a_service_and_writes_a_story(@TempDir Path directory) {
        // Given
        List<Object> commands = ServiceLoader.load(CommandProvider.class).stream()
                .flatMap(provider -> provider.get().commands().stream())
                .toList();
        Object story = commands.stream()
                .filter(StoryCommand.class::isInstance)
                .findFirst()
                .orElseThrow();

        // When
        int code = new CommandLine(story)
                .setErr(new PrintWriter(new StringWriter(), true))
                .execute("--out", directory.resolve("d").toString(), "--days", "3", "--noise-per-day", "10");

        // Then
        assertThat(code).isZero();
        assertThat(directory.resolve("d").resolve("truth.ndjson")).isNotEmptyFile();
    }

    @Test
    void the_whole_catalogue_comes_with_the_policy_it_plays_under(@TempDir Path directory) throws IOException {
        // Given
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new StoryCommand()).setErr(new PrintWriter(err, true));

        // When
        int code = command.execute("--out", directory.toString(), "--all", "--noise-per-day", "0");

        // Then
        assertThat(code).isZero();
        assertThat(PolicyFile.read(
                                directory.resolve("policy.yaml"),
                                Catalogue.shipped().parameters())
                        .federation()
                        .trusted())
                .isNotEmpty();
        assertThat(err.toString()).contains("--policy " + directory.resolve("policy.yaml"));
    }

    @Test
    void the_whole_catalogue_needs_its_thirty_days(@TempDir Path directory) {
        // Given
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new StoryCommand()).setErr(new PrintWriter(err, true));

        // When
        int code = command.execute("--out", directory.toString(), "--all", "--days", "29");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("at least 30 days, not 29");
    }

    @Test
    void a_length_out_of_range_is_wrong_usage(@TempDir Path directory) {
        // Given
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new StoryCommand()).setErr(new PrintWriter(err, true));

        // When
        int code = command.execute("--out", directory.toString(), "--days", "1");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("days must be between 3 and 365");
    }
}
