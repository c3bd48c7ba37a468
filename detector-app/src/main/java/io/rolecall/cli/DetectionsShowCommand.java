package io.rolecall.cli;

import io.rolecall.config.Durations;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.DetectionCard;
import io.rolecall.policy.Parameter;
import io.rolecall.policy.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code detections show}: all about one detection. */
@Command(
        name = "show",
        description =
                "Shows a detection: what fires, what it needs, its parameters with the values of the policy, its page.")
final class DetectionsShowCommand implements Callable<Integer> {

    private final Rolecall root;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Id of the detection.")
    private String id = "";

    DetectionsShowCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        DetectionCard card = Catalogue.byId(id).orElseThrow(this::unknown).card();
        PrintWriter out = root.console().out();
        out.println(card.id() + " (version " + card.version() + ", "
                + card.severity().label() + ", about the " + card.subject().label() + ")");
        out.println(card.title());
        out.println();
        out.println(card.description());
        list(
                out,
                "ATT&CK",
                card.attack().stream()
                        .map(pair -> pair.technique() + " " + pair.tactic())
                        .toList());
        list(
                out,
                "Needs",
                card.needs().stream()
                        .map(any -> String.join(" or ", new TreeSet<>(any)))
                        .toList());
        parameters(out, card);
        list(out, "When it is harmless", card.falsePositiveHints());
        list(out, "Blind spots", card.blindSpots());
        list(out, "References", card.references());
        page(out);
        return ExitCode.DONE;
    }

    private CommandLine.ParameterException unknown() {
        String known = String.join(", ", Catalogue.parameters().keySet());
        if (spec == null) {
            throw new IllegalStateException("Not part of a command line");
        }
        return new CommandLine.ParameterException(
                spec.commandLine(), "no detection named '" + id + "'; there are " + known);
    }

    private static void list(PrintWriter out, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            out.println();
            out.println(heading + ":");
            lines.forEach(line -> out.println("  " + line));
        }
    }

    private void parameters(PrintWriter out, DetectionCard card) {
        Settings settings = root.settings().policy().settings(card.id());
        out.println();
        out.println("Parameters (policy: detections." + card.id() + "):");
        out.println("  enabled: " + settings.enabled());
        settings.severity().ifPresent(severity -> out.println("  severity: " + severity.label()));
        for (Parameter parameter : card.parameters()) {
            Object value = settings.values().getOrDefault(parameter.name(), parameter.defaultValue());
            out.println("  " + parameter.name() + ": " + text(value)
                    + (value.equals(parameter.defaultValue())
                            ? ""
                            : " (default " + text(parameter.defaultValue()) + ")")
                    + allowed(parameter)
                    + " - " + parameter.description());
        }
    }

    private static String allowed(Parameter parameter) {
        return switch (parameter.type()) {
            case NUMBER -> " [" + parameter.min() + " to " + parameter.max() + "]";
            case DURATION ->
                " [" + Durations.text(Duration.ofSeconds(parameter.min())) + " to "
                        + Durations.text(Duration.ofSeconds(parameter.max())) + "]";
            case SWITCH -> " [true, false]";
            case WORD, WORDS, PERMISSION_SETS -> " " + parameter.allowed();
        };
    }

    private static String text(Object value) {
        return value instanceof Duration duration ? Durations.text(duration) : value.toString();
    }

    private void page(PrintWriter out) throws IOException {
        try (InputStream page = DetectionsShowCommand.class.getResourceAsStream("/docs/detections/" + id + ".md")) {
            if (page != null) {
                out.println();
                out.print(new String(page.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }
}
