package io.rolecall.cli;

import io.rolecall.config.Durations;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionPage;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Settings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private PolicyOption options = new PolicyOption();

    DetectionsShowCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Policy policy = options.settings(root).policy();
        Catalogue catalogue = root.catalogue();
        Detection detection = catalogue.byId(id).orElseThrow(() -> unknown(catalogue));
        DetectionPage page = catalogue.page(detection);
        String subjects =
                detection.subjects().stream().sorted().map(SubjectKind::label).collect(Collectors.joining(" or the "));
        PrintWriter out = root.console().out();
        out.println(page.id() + " (version " + page.version() + ", "
                + page.severity().label() + ", about the " + subjects + ")");
        out.println(page.title());
        out.println();
        out.println(page.fires());
        list(
                out,
                "ATT&CK",
                page.attack().stream()
                        .map(pair -> pair.technique() + " " + pair.tactic())
                        .toList());
        list(
                out,
                "Needs",
                detection.reads().needs().stream()
                        .map(any -> String.join(" or ", new TreeSet<>(any)))
                        .toList());
        parameters(out, detection, policy.settings(detection.id()));
        list(out, "When it is harmless", page.harmless());
        list(out, "Blind spots", page.blind());
        list(out, "References", page.references());
        out.println();
        out.print(page.body().stripLeading());
        return ExitCode.DONE;
    }

    private CommandLine.ParameterException unknown(Catalogue catalogue) {
        return WrongUsage.of(spec, "no detection named '" + id + "'; there are " + String.join(", ", catalogue.ids()));
    }

    private static void list(PrintWriter out, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            out.println();
            out.println(heading + ":");
            lines.forEach(line -> out.println("  " + line));
        }
    }

    private void parameters(PrintWriter out, Detection detection, Settings settings) {
        out.println();
        out.println("Parameters (policy: detections." + detection.id() + "):");
        out.println("  enabled: " + settings.enabled());
        settings.severity().ifPresent(severity -> out.println("  severity: " + severity.label()));
        for (Param<?> parameter : detection.parameters()) {
            Object value = settings.values().getOrDefault(parameter.name(), parameter.defaultValue());
            out.println("  " + parameter.name() + ": " + text(value)
                    + (value.equals(parameter.defaultValue())
                            ? ""
                            : " (default " + text(parameter.defaultValue()) + ")")
                    + allowed(parameter)
                    + " - " + parameter.description());
        }
    }

    private static String allowed(Param<?> parameter) {
        return switch (parameter.type()) {
            case NUMBER -> " [" + parameter.min() + " to " + parameter.max() + "]";
            case DURATION ->
                " [" + Durations.text(Duration.ofSeconds(parameter.min())) + " to "
                        + Durations.text(Duration.ofSeconds(parameter.max())) + "]";
            case SWITCH -> " [true, false]";
            case NAMES_OR_IDS -> " " + parameter.allowed() + " or an id";
            case WORD, WORDS, PERMISSION_SETS -> " " + parameter.allowed();
        };
    }

    private static String text(Object value) {
        return value instanceof Duration duration ? Durations.text(duration) : value.toString();
    }
}
