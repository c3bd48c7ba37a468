package io.rolecall.sandbox;

import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Containment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the demo says around the alerts. */
final class DemoText {

    private static final int ATTACKS = 3;

    private final TerminalStyle style;

    DemoText(TerminalStyle style) {
        this.style = style;
    }

    String welcome(DemoSettings settings) {
        return style.in("strong", "Rolecall demo: ") + settings.story().days()
                + " days of a small tenant, with three attacks and "
                + (Story.sceneNames(StoryOptions.defaults()).size() - ATTACKS)
                + " near misses, on a real broker.";
    }

    String diagram() {
        return """

                  producers --> 4 topics of raw logs --> detector --> rolecall.alerts --> this screen

                Times are those of the story, UTC. An alert is raised on what is known by then; what other logs tell later
                revises it, or withdraws it.
                """;
    }

    List<String> containment(Alert worst) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(style.in("strong", "What to do about it"));
        for (Containment containment : worst.getContainment()) {
            lines.addAll(style.item(
                    "-",
                    containment.getAction()
                            + containment
                                    .getTargetId()
                                    .map(id -> " (" + id + ")")
                                    .orElse("")));
        }
        return lines;
    }

    List<String> verdict(StoryVerdict verdict, List<Alert> alerts, long records, Duration took) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        String result = verdict.found() + " of " + verdict.expected() + " expected alerts"
                + (verdict.isRight() ? ", and no other" : "");
        lines.add(style.in(verdict.isRight() ? "good" : "critical", result) + ": " + severities(alerts) + ". " + records
                + " records in " + took.toSeconds() + " s.");
        verdict.problems().forEach(problem -> lines.add("  " + problem));
        return lines;
    }

    List<String> next(List<Alert> alerts) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(style.in("strong", "What next"));
        lines.add(command("./rolecall scan EXPORTS/ --networks networks.csv", "your own logs, without a broker"));
        lines.add(command("./rolecall run --config rolecall.yaml", "the service on your Kafka: docs/configuration.md"));
        lines.add(command("./rolecall demo --keep-running", "look around: topics, health, metrics"));
        lines.add(command("./rolecall story --out story", "the raw logs of this story, as files"));
        alerts.stream()
                .filter(alert -> alert.getSeverity().equals("critical"))
                .findFirst()
                .ifPresent(alert -> lines.add(command(
                        "./rolecall detections show " + alert.getDetection(),
                        "what it looks for, and its blind spots")));
        lines.add(command("docs/demo.md", "what you have just seen"));
        return lines;
    }

    List<String> running(String bootstrapServers, int httpPort) {
        String http = "http://" + BrokerListeners.LOOPBACK + ":" + httpPort;
        return List.of(
                "",
                style.in("strong", "Broker and service are still running, until Ctrl-C"),
                String.format(Locale.ROOT, "  %-12s %s", "Kafka", bootstrapServers),
                String.format(Locale.ROOT, "  %-12s %s", "service", http + "   /healthz /readyz /metrics /info"),
                "",
                "  curl -s " + http + "/metrics | grep ^rolecall_",
                "  kcat -b " + bootstrapServers + " -C -t rolecall.alerts.ocsf -e -q",
                "  kcat -b " + bootstrapServers + " -P -t entra.audit-logs -l your-audit-logs.ndjson");
    }

    private static String command(String command, String what) {
        return String.format(Locale.ROOT, "  %-51s %s", command, what);
    }

    private static String severities(List<Alert> alerts) {
        List<String> parts = new ArrayList<>();
        for (String severity : List.of("critical", "high", "medium", "low", "informational")) {
            long count = alerts.stream()
                    .filter(alert -> !alert.getStatus().equals("withdrawn"))
                    .filter(alert -> alert.getSeverity().equals(severity))
                    .count();
            if (count > 0) {
                parts.add(count + " " + severity);
            }
        }
        return String.join(", ", parts);
    }
}
