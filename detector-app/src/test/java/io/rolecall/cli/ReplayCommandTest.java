package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before any broker is asked. */
class ReplayCommandTest {

    private static final String RANGE = " --from 2026-06-01T00:00:00Z --to 2026-07-01T00:00:00Z";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replay|name the range with --from and --to",
                "replay --from 2026-06-01T00:00:00Z|name the range with --from and --to",
                "replay --from 2026-07-01T00:00:00Z --to 2026-06-01T00:00:00Z|must be before --to",
                "replay --from yesterday --to now|is no RFC 3339 time",
                "replay RANGE --resume DIR|do not go with --resume",
                "replay --dry-run --resume DIR|does not go with --resume",
                "replay RANGE --shard 4/3|is no share; allowed: i/n",
                "replay --from 2020-01-01T00:00:00Z --to now --shard 1/3|name the same --to for all",
                "replay RANGE --threads 0|--threads must be from 1 to 256",
                "replay RANGE --max-rate fast|is no rate; allowed: for example 50MB/s",
                "replay RANGE --detection nothing|there is no detection 'nothing'",
                "replay RANGE --against yesterday|--against",
                "replay RANGE --force|--force goes with --publish",
                "replay RANGE --publish rolecall.alerts|--force writes there all the same",
                "replay RANGE --force --publish rolecall.alerts.ocsf|holds something else",
                "replay RANGE --publish entra.audit-logs|holds something else"
            })
    void what_makes_no_sense_is_wrong_usage(String line, String said) {
        // When
        int code = run(line);

        // Then
        assertThat(code).as(err.toString()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).contains(said);
    }

    @Test
    void a_directory_without_a_plan_is_no_gathered_history() {
        // When
        int code = run("replay --resume DIR");

        // Then
        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("the directory holds no gathered history");
    }

    @Test
    void a_range_needs_the_addresses_of_the_brokers() {
        // When
        int code = run("replay RANGE --dir DIR");

        // Then
        assertThat(code).isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(err.toString()).contains("kafka.bootstrap.servers");
    }

    private int run(String line) {
        String[] words =
                line.replace(" RANGE", RANGE).replace("DIR", folder.toString()).split(" ");
        return TestConsole.run(out, err, Map.of(), "", words);
    }
}
