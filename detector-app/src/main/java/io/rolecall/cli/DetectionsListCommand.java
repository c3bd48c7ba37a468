package io.rolecall.cli;

import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionCard;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code detections list}: one line a detection. */
@Command(
        name = "list",
        description = "Lists the detections with severity, kind of subject and whether the policy has them enabled.")
final class DetectionsListCommand implements Callable<Integer> {

    private static final String LINE = "%-32s %-14s %-12s %-8s %s%n";

    private final Rolecall root;

    DetectionsListCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Policy policy = root.settings().policy();
        Console console = root.console();
        console.out().printf(LINE, "ID", "SEVERITY", "SUBJECT", "ENABLED", "TITLE");
        for (Detection detection : Catalogue.all()) {
            DetectionCard card = detection.card();
            Settings settings = policy.settings(card.id());
            console.out()
                    .printf(
                            LINE,
                            card.id(),
                            settings.severity().orElse(card.severity()).label(),
                            card.subject().label(),
                            settings.enabled() ? "yes" : "no",
                            card.title());
        }
        return ExitCode.DONE;
    }
}
