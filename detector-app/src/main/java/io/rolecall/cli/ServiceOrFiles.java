package io.rolecall.cli;

import io.rolecall.config.Configuration;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of commands that read files, or without any ask the running service. */
final class ServiceOrFiles {

    @Option(
            names = "--service",
            paramLabel = "URL",
            description = "Where the service answers (default: http.bind and http.port of the configuration).")
    private @Nullable URI service;

    @Mixin
    private DateOrderOption dateOrder = new DateOrderOption();

    @Mixin
    private DetectorOptions options = new DetectorOptions();

    /** Those of a detector over files. */
    DetectorOptions detector() {
        return options;
    }

    /** How dates without an order are read in files. */
    DateOrderOption dateOrder() {
        return dateOrder;
    }

    /**
     * What is given and not used is a mistake: the running service has its networks, its policy and its place.
     *
     * @param files those to read; none for the running service
     * @param further options given that are only for files
     * @param purpose what files are read for, as in {@code files to audit}
     * @param does what is done with files, as in {@code FILE audits files}
     */
    void refuseUnused(
            @Nullable CommandSpec spec, List<String> files, List<String> further, String purpose, String does) {
        List<String> ofFiles = new ArrayList<>(options.ofDetecting());
        if (dateOrder.order() != null) {
            ofFiles.add("--date-order");
        }
        ofFiles.addAll(further);
        if (files.isEmpty() && !ofFiles.isEmpty()) {
            throw WrongUsage.of(
                    spec, String.join(", ", ofFiles) + ": only for " + purpose + "; the running service has its own");
        }
        if (service != null && !files.isEmpty()) {
            throw WrongUsage.of(spec, "--service asks the running service, and " + does + ": give one of them");
        }
        if (service != null && options.config().file() != null) {
            throw WrongUsage.of(spec, "--service and --config both name the running service: give one of them");
        }
    }

    /** Where the service answers: as given, else by the configuration. */
    URI address(Rolecall root) {
        if (service != null) {
            return service;
        }
        Configuration.Http http =
                options.config().settings(root).configuration().http();
        return URI.create("http://" + http.bind() + ":" + http.port());
    }
}
