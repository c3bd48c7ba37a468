package io.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.inprocess.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Summaries that add up, runs that repeat themselves, and dates in the order of a country. */
class ReadingFilesTest {

    private static final String APP = "7a1f0c52-93f6-4b7e-9a40-2f1f6f0b6a11";
    private static final String TENANT = "3b1c9a44-7d2e-4e0b-9a6f-0c5d8e7f6a21";
    private static final Pattern COUNTS = Pattern.compile(
            "(.*): (\\d+) in = (\\d+) decoded \\+ (\\d+) duplicate \\+ (\\d+) skipped \\+ (\\d+) rejected.*");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void the_lines_of_the_summary_add_up_to_its_total() throws IOException {
        // Given
        String registration = registration("2024-05-01T08:00:00Z");
        String grant = grant("2024-05-03T09:00:00Z");
        Path plain = file("a.ndjson", registration + "\n" + registration + "\n" + unneeded() + "\n");
        Path batch =
                file("b.json", "{\"records\":[" + grant + ",{'no':'json'}," + unneeded() + "," + registration + "]}");
        Path zip = folder.resolve("c.zip");
        try (ZipOutputStream packed = new ZipOutputStream(Files.newOutputStream(zip))) {
            member(packed, "one.json", grant + "\n{\"a\":1}\n");
            member(packed, "two/three.ndjson", registration + "\n" + unneeded() + "\n");
        }
        Path sub = Files.createDirectories(folder.resolve("d"));
        try (GZIPOutputStream packed = new GZIPOutputStream(Files.newOutputStream(sub.resolve("e.json.gz")))) {
            packed.write(("[" + grant + "," + grant + ",{\"cut").getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(sub.resolve("f.json"), "{\"operationName\":7}");

        for (String command : List.of("scan", "decode")) {
            // When
            run(
                    registration + "\n{}",
                    command,
                    plain.toString(),
                    batch.toString(),
                    zip.toString(),
                    "-",
                    sub.toString());

            // Then
            List<long[]> lines = counts();
            long[] total = lines.remove(lines.size() - 1);
            assertThat(lines).hasSize(6);
            assertThat(Arrays.stream(total).skip(1).sum()).isEqualTo(total[0]);
            for (int column = 0; column < total.length; column++) {
                int each = column;
                assertThat(lines.stream().mapToLong(line -> line[each]).sum()).isEqualTo(total[column]);
            }
        }
    }

    @Test
    void what_turns_out_a_duplicate_after_the_last_file_is_told_of_the_last_files() {
        // Given
        Summary first = new Summary(5, 5, 0, 0, Map.of(), Map.of());
        Summary second = new Summary(2, 1, 1, 0, Map.of(), Map.of());
        Summary total = new Summary(7, 3, 4, 0, Map.of(), Map.of());
        RunReport report = new RunReport(
                List.of(new RunReport.FileCount("a", first), new RunReport.FileCount("b", second)),
                List.of(),
                List.of(),
                List.of());

        // When
        report.print(new PrintWriter(err), total);

        // Then
        assertThat(err.toString().lines())
                .containsExactly(
                        "a: 5 in = 3 decoded + 2 duplicate + 0 skipped + 0 rejected",
                        "b: 2 in = 0 decoded + 2 duplicate + 0 skipped + 0 rejected",
                        "total of 2 files: 7 in = 3 decoded + 4 duplicate + 0 skipped + 0 rejected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndjson", "ocsf", "table", "timesketch", "incidents", "incidents-ocsf"})
    void two_runs_over_the_same_input_are_equal_byte_for_byte(String format) throws IOException {
        // Given
        Path log = file("a.ndjson", registration("2024-05-01T08:00:00Z") + "\n" + grant("2024-05-03T09:00:00Z") + "\n");
        List<byte[]> written = new ArrayList<>();
        List<String> told = new ArrayList<>();

        for (int i = 0; i < 2; i++) {
            // When
            Path target = folder.resolve("out" + i);
            err.getBuffer().setLength(0);
            run("", "scan", log.toString(), "--format", format, "--output", target.toString());
            written.add(Files.readAllBytes(target));
            told.add(err.toString());
        }

        // Then
        assertThat(written.get(0)).isNotEmpty().isEqualTo(written.get(1));
        assertThat(told.get(0)).isEqualTo(told.get(1));
        assertThat(new String(written.get(0), StandardCharsets.UTF_8)).doesNotContain("emittedAt", "\"generation\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // what the rows say, what the switch says, the time that the first row has
                "05/06/2025, 09:00:00.123|-|-|2025-05-06T09:00:00.123Z",
                "05/06/2025, 09:00:00.123|-|day-first|2025-06-05T09:00:00.123Z",
                "05/06/2025, 09:00:00.123|-|month-first|2025-05-06T09:00:00.123Z",
                "05/06/2025, 09:00:00.123|13/06/2025, 09:00:00.000|-|2025-06-05T09:00:00.123Z",
                "05/06/2025, 09:00:00.123|06/13/2025, 09:00:00.000|-|2025-05-06T09:00:00.123Z",
                "5/6/2025 9:00:00 PM|13/6/2025 9:00:00 AM|-|2025-06-05T21:00:00Z",
            })
    void the_rows_of_a_file_or_the_switch_decide_the_order_of_its_dates(
            String first, String second, String order, String expected) throws IOException {
        // Given
        String rows = row(first) + (second == null ? "" : row(second));
        Path log = file("a.csv", "TimeGenerated [UTC],OperationName,AADTenantId,Id,Type\n" + rows);

        // When
        int code = order == null
                ? run("", "decode", log.toString())
                : run("", "decode", log.toString(), "--date-order", order);

        // Then
        assertThat(code).isZero();
        assertThat(out.toString().lines().findFirst().orElse("")).contains("\"eventTime\":\"" + expected + "\"");
        boolean undecided = second == null && order == null;
        assertThat(err.toString().lines().filter(line -> line.startsWith("warning: " + log)))
                .hasSize(undecided ? 1 : 0)
                .allMatch(line -> line.contains("--date-order"));
        assertThat(err.toString().contains("dates of undecided order: 1 file")).isEqualTo(undecided);
    }

    @Test
    void a_time_of_another_form_in_the_same_row_decides_too() throws IOException {
        // Given
        String data = "{\"\"CreationTime\"\":\"\"2025-06-05T09:00:00\"\",\"\"Operation\"\":\"\"Add user.\"\"}";
        Path log = file(
                "a.csv",
                "CreationDate,Operations,UserIds,AuditData,RecordType\n"
                        + "04/06/2025 09:00:00,Add application.,a@contoso.com,,8\n"
                        + "05/06/2025 09:00:00,Add user.,a@contoso.com,\"" + data + "\",8\n");

        // When
        run("", "decode", log.toString());

        // Then
        assertThat(out.toString().lines().findFirst().orElse("")).contains("\"eventTime\":\"2025-06-04T09:00:00Z\"");
        assertThat(err.toString()).doesNotContain("warning: " + log);
    }

    @Test
    void standard_input_and_late_rows_decide_for_the_rows_before() throws IOException {
        // Given
        StringBuilder rows = new StringBuilder("TimeGenerated,OperationName,AADTenantId,Id,Type,Filler\n");
        String filler = "x".repeat(2_000);
        for (int i = 0; i < 1_500; i++) {
            rows.append(row("05/06/2025, 09:00:00.000").strip()).append(filler).append('\n');
        }
        rows.append(row("13/06/2025, 09:00:00.000"));

        // When
        int code = run(rows.toString(), "decode", "-");

        // Then
        assertThat(code).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("\"eventTime\":\"2025-06-05T09:00:00Z\"")))
                .hasSize(1_500);
        assertThat(err.toString()).contains("1501 in = 1501 decoded");
    }

    @Test
    void a_date_that_is_impossible_in_the_order_is_rejected_with_its_place() throws IOException {
        // Given
        String header = "TimeGenerated,OperationName,AADTenantId,Id,Type\n";
        Path log = file("a.csv", header + row("13/06/2025, 09:00:00") + row("06/14/2025, 09:00:00"));

        // When
        run("", "decode", log.toString());
        run("", "decode", log.toString(), "--date-order", "month-first");

        // Then
        assertThat(err.toString())
                .contains(
                        log + ":3/0: rejected, bad-time: event time is \"06/14/2025, 09:00:00\": no such date with the"
                                + " day first")
                .contains(log + ":2/0: rejected, bad-time: event time is \"13/06/2025, 09:00:00\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "decode", "explain"})
    void an_unknown_order_is_wrong_usage(String command) throws IOException {
        // Given
        Path log = file("a.ndjson", "{}");

        // When
        int code = command.equals("explain")
                ? run("", command, "--app", APP, log.toString(), "--date-order", "year-first")
                : run("", command, log.toString(), "--date-order", "year-first");

        // Then
        assertThat(code).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).contains("month-first, day-first");
    }

    private List<long[]> counts() {
        List<long[]> counts = new ArrayList<>();
        err.toString().lines().forEach(line -> {
            Matcher matcher = COUNTS.matcher(line);
            if (matcher.matches()) {
                counts.add(new long[] {
                    number(matcher, 2), number(matcher, 3), number(matcher, 4), number(matcher, 5), number(matcher, 6)
                });
            }
        });
        err.getBuffer().setLength(0);
        return counts;
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group));
    }

    private int run(String stdin, String... arguments) {
        return TestConsole.run(out, err, Map.of(), stdin, arguments);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static void member(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String row(String time) {
        String cell = time.contains(",") ? '"' + time + '"' : time;
        return cell + ",Add application," + TENANT + ",e1,AuditLogs\n";
    }

    private static String unneeded() {
        return "{\"time\":\"2024-05-01T08:00:00Z\",\"operationName\":\"Update user\",\"tenantId\":\"" + TENANT + "\"}";
    }

    private static String registration(String time) {
        return record(
                time,
                "Add application",
                "{\"id\":\"c1d2e3f4-0000-4000-8000-000000000001\",\"type\":\"Application\",\"modifiedProperties\":["
                        + property("AppId", "[\\\"" + APP + "\\\"]") + ","
                        + property("AvailableToOtherTenants", "[false]") + "]}");
    }

    private static String grant(String time) {
        return record(
                time,
                "Add app role assignment to service principal",
                "{\"id\":\"8429eb5c-faeb-4ade-8eac-acc003790769\",\"displayName\":\"Microsoft Graph\","
                        + "\"type\":\"ServicePrincipal\",\"modifiedProperties\":["
                        + property("AppRole.Value", "\\\"Mail.Read\\\"") + ","
                        + property("ServicePrincipal.AppId", "\\\"" + APP + "\\\"") + ","
                        + property("TargetId.ServicePrincipalNames", "\\\"00000003-0000-0000-c000-000000000000\\\"")
                        + "]}");
    }

    private static String property(String name, String value) {
        return "{\"displayName\":\"" + name + "\",\"oldValue\":null,\"newValue\":\"" + value + "\"}";
    }

    private static String record(String time, String operation, String target) {
        return "{\"time\":\"" + time + "\",\"operationName\":\"" + operation + "\",\"category\":\"AuditLogs\","
                + "\"tenantId\":\"" + TENANT + "\",\"properties\":{\"id\":\"" + operation.length() + time
                + "\",\"result\":\"success\",\"initiatedBy\":{\"user\":{\"id\":\"3bd47e42-37c9-442f-a2b4-f04de61ef0ce\","
                + "\"userPrincipalName\":\"a@contoso.com\",\"ipAddress\":\"203.0.113.9\"}},\"targetResources\":["
                + target
                + "]}}";
    }
}
