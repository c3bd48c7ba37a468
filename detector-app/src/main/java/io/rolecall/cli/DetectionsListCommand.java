package io.rolecall.cli;

import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionPage;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Settings;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code detections list}: one line a detection. */
@Command(
        name = "list",
        description = "Lists the detections with severity, kind of subject and whether the policy has them enabled.")
final class DetectionsListCommand implements Callable<Integer> {

    private static final String LINE = "%-32s %-14s %-12s %-8s %s%n";

    private final Rolecall root;

    @Mixin
    private PolicyOption options = new PolicyOption();

    DetectionsListCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Policy policy = options.settings(root).policy();
        Console console = root.console();
        console.out().printf(LINE, "ID", "SEVERITY", "SUBJECT", "ENABLED", "TITLE");
        Catalogue catalogue = root.catalogue();
        for (Detection detection : catalogue.all()) {
            DetectionPage page = catalogue.page(detection);
            Settings settings = policy.settings(page.id());
            String subjects = detection.subjects().stream()
                    .sorted()
                    .map(SubjectKind::label)
                    .collect(Collectors.joining(","));
            console.out()
                    .printf(
                            LINE,
                            page.id(),
                            settings.severity().orElse(page.severity()).label(),
                            subjects,
                            settings.enabled() ? "yes" : "no",
                            page.title());
        }
        return ExitCode.DONE;
    }
}
