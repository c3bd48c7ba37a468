package io.rolecall.cli;

import io.rolecall.detection.Catalogue;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options by which some alerts of many are told. What is decided does not depend on them. */
final class AlertSelection {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--app",
            paramLabel = "ID",
            description = "Tell only alerts about this application: App ID, object id, service principal id or name.")
    private List<String> applications = new ArrayList<>();

    @Option(
            names = "--detection",
            paramLabel = "ID",
            description = "Tell only alerts of this detection; may be repeated.")
    private List<String> detections = new ArrayList<>();

    /** @throws CommandLine.ParameterException when there is no such detection */
    void check(Catalogue catalogue) {
        for (String detection : detections) {
            if (catalogue.byId(detection).isEmpty()) {
                throw WrongUsage.of(
                        spec, "there is no detection '" + detection + "'; 'rolecall detections list' lists them");
            }
        }
    }

    boolean takes(Alert alert) {
        return (detections.isEmpty() || detections.contains(alert.getDetection()))
                && (applications.isEmpty() || applications.stream().anyMatch(wanted -> isAbout(alert, wanted)));
    }

    private static boolean isAbout(Alert alert, String wanted) {
        Optional<AlertApplication> application = alert.getApplication();
        Stream<Optional<String>> names = Stream.of(
                Optional.of(alert.getSubject().getId()),
                application.flatMap(AlertApplication::getAppId),
                application.flatMap(AlertApplication::getObjectId),
                application.flatMap(AlertApplication::getServicePrincipalId),
                application.flatMap(AlertApplication::getDisplayName));
        return names.flatMap(Optional::stream)
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT)));
    }
}
