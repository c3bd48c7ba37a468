package io.rolecall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ships for monitoring: alert rules, dashboard, runbook. */
final class MonitoringFiles {

    /** Tests run in the folder of their module. */
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static final Path PROMETHEUS = ROOT.resolve("deploy/prometheus");
    static final Path GRAFANA = ROOT.resolve("deploy/grafana");

    private static final Pattern METRIC =
            Pattern.compile("\\b(up|(?:rolecall|kafka|jvm|process|disk|system)_[a-z0-9_]+)\\b");
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");

    /**
     * An alert rule.
     *
     * @param name its name
     * @param expression in PromQL
     * @param runbook where it is explained: file and anchor
     */
    record Rule(String name, String expression, String runbook) {}

    private MonitoringFiles() {}

    static List<Rule> rules() throws IOException {
        return yaml(PROMETHEUS.resolve("rules.yaml")).path("groups").findValues("rules").stream()
                .flatMap(rules -> elements(rules).stream())
                .map(rule -> new Rule(
                        rule.path("alert").asText(),
                        rule.path("expr").asText(),
                        rule.path("annotations").path("runbook").asText()))
                .toList();
    }

    static Set<String> metricsOfRules() throws IOException {
        Set<String> names = new TreeSet<>();
        rules().forEach(rule -> names.addAll(metrics(rule.expression())));
        return names;
    }

    static Set<String> metricsOfDashboard() throws IOException {
        Set<String> names = new TreeSet<>();
        dashboard().findValuesAsText("expr").forEach(expression -> names.addAll(metrics(expression)));
        return names;
    }

    static JsonNode dashboard() throws IOException {
        return new JsonMapper()
                .readTree(GRAFANA.resolve("dashboards/rolecall.json").toFile());
    }

    static JsonNode yaml(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }

    static String runbook() throws IOException {
        return Files.readString(ROOT.resolve("docs/operations.md"));
    }

    /** The names of metrics in an expression; what is quoted are values of labels. */
    private static Set<String> metrics(String expression) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = METRIC.matcher(TEXT.matcher(expression).replaceAll("\"\""));
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new java.util.ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }
}
