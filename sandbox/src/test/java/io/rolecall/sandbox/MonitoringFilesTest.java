package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MonitoringFilesTest {

    @Test
    void every_alert_rule_has_its_section_in_the_runbook() throws IOException {
        // Given
        Set<String> sections = MonitoringFiles.runbook()
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());

        // When
        List<MonitoringFiles.Rule> rules = MonitoringFiles.rules();

        // Then
        assertThat(rules).isNotEmpty().allSatisfy(rule -> {
            String anchor = rule.name().toLowerCase(Locale.ROOT);
            assertThat(rule.runbook()).isEqualTo("docs/operations.md#" + anchor);
            assertThat(sections).contains(anchor);
        });
    }

    @Test
    void every_alert_rule_is_tested() throws IOException {
        // Given
        Set<String> tested = new TreeSet<>(MonitoringFiles.yaml(MonitoringFiles.PROMETHEUS.resolve("rules.test.yaml"))
                .findValuesAsText("alertname"));

        // When
        Set<String> rules =
                MonitoringFiles.rules().stream().map(MonitoringFiles.Rule::name).collect(Collectors.toSet());

        // Then
        assertThat(tested).containsExactlyInAnyOrderElementsOf(rules);
    }

    @Test
    void promtool_accepts_the_rules_and_their_tests_where_it_is_installed() throws Exception {
        // Given
        assumeTrue(isInstalled(), "promtool is not installed (Debian: apt-get install prometheus): rules not tried");

        // When
        String checked = promtool("check", "config", "prometheus.yml");
        String tried = promtool("test", "rules", "rules.test.yaml");

        // Then
        assertThat(checked).contains("SUCCESS").doesNotContain("FAILED");
        assertThat(tried).contains("SUCCESS").doesNotContain("FAILED");
    }

    @Test
    void the_dashboard_takes_its_data_source_from_a_variable() throws IOException {
        // When
        JsonNode dashboard = MonitoringFiles.dashboard();

        // Then
        assertThat(dashboard.path("panels").findValuesAsText("uid"))
                .isNotEmpty()
                .containsOnly("${datasource}");
        assertThat(dashboard.path("templating").path("list").findValuesAsText("name"))
                .contains("datasource", "instance");
        assertThat(ids(dashboard)).doesNotHaveDuplicates();
    }

    @Test
    void grafana_finds_the_data_source_and_the_dashboard() throws IOException {
        // When
        JsonNode source =
                MonitoringFiles.yaml(MonitoringFiles.GRAFANA.resolve("provisioning/datasources/prometheus.yaml"));
        JsonNode provider =
                MonitoringFiles.yaml(MonitoringFiles.GRAFANA.resolve("provisioning/dashboards/rolecall.yaml"));

        // Then
        assertThat(source.path("datasources").path(0).path("type").asText()).isEqualTo("prometheus");
        assertThat(provider.path("providers")
                        .path(0)
                        .path("options")
                        .path("path")
                        .asText())
                .isEqualTo("/var/lib/grafana/dashboards");
    }

    private static List<Integer> ids(JsonNode dashboard) {
        List<Integer> ids = new ArrayList<>();
        dashboard.path("panels").forEach(panel -> ids.add(panel.path("id").asInt()));
        return ids;
    }

    private static boolean isInstalled() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(":"))
                .anyMatch(directory -> Path.of(directory, "promtool").toFile().canExecute());
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(MonitoringFiles.PROMETHEUS.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
