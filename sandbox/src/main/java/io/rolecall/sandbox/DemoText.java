package io.rolecall.sandbox;

import io.rolecall.alert.TextWrap;
import io.rolecall.sandbox.story.Story;
import io.rolecall.schema.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the demo says around the incidents. */
final class DemoText {

    private final TerminalStyle style;

    DemoText(TerminalStyle style) {
        this.style = style;
    }

    List<String> welcome(DemoSettings settings) {
        List<String> scenes = Story.sceneNames(settings.story());
        long attacks = scenes.stream().filter(Story::isAttack).count();
        String title = "Rolecall demo:";
        return TextWrap.wrap(
                        title + " " + settings.story().days() + " days of a small tenant, with " + attacks
                                + " attacks and " + (scenes.size() - attacks) + " near misses.",
                        style.width())
                .stream()
                .map(line -> line.replace(title, style.in("strong", title)))
                .toList();
    }

    List<String> diagram(boolean verbose) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("  4 topics of raw logs -> detector -> alerts -> incidents -> this screen");
        lines.add("");
        lines.addAll(TextWrap.wrap(
                "An incident is everything about one application, under one id. It is shown when it is published, and"
                        + " again when something that matters is added to it. Days are those of the story, whose logs bring some"
                        + " records days late, as real ones do.",
                style.width()));
        lines.addAll(TextWrap.wrap(
                verbose
                        ? "Every incident is shown, and every revision of every alert beside them."
                        : "Shown are the incidents of the attacks; what else there is stands at the end.",
                style.width()));
        if (verbose) {
            lines.add("");
        }
        return lines;
    }

    /** Commands to go on with, about an incident. */
    List<String> next(Incident incident) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(style.in("strong", "What next"));
        section(
                lines,
                "the same month as files, and its incidents as a table, worst first",
                "./rolecall story --out story",
                "./rolecall scan story --networks story/networks.csv --format table");
        section(
                lines,
                "why each detection did or did not find something here",
                "./rolecall explain --app " + incident.getSubject().getId() + " \\",
                "    story --networks story/networks.csv");
        section(
                lines,
                "your own logs; `--format incidents` writes the incidents as JSON",
                "./rolecall scan EXPORTS/ --networks networks.csv --format incidents");
        section(lines, "the service on your Kafka: docs/configuration.md", "./rolecall run --config rolecall.yaml");
        lines.addAll(
                style.item("-", "what you have just seen: docs/demo.md; what an incident says: docs/incidents.md"));
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
                "  kcat -b " + bootstrapServers + " -C -t rolecall.incidents.ocsf -e -q",
                "  kcat -b " + bootstrapServers + " -P -t entra.audit-logs -l your-audit-logs.ndjson");
    }

    private void section(List<String> lines, String what, String... commands) {
        lines.addAll(style.item("-", what));
        for (String command : commands) {
            lines.add("      " + style.in("strong", command));
        }
    }
}
