package io.rolecall.deployment;

import io.rolecall.config.Configuration;
import io.rolecall.config.DetectorConfig;
import io.rolecall.config.Topics;
import java.util.List;

/** How the state of an application is given up, so that it is built anew from the topics; told by whoever cannot use the state. */
public final class ResetCommands {

    private ResetCommands() {}

    /**
     * What to do, and what is lost by it; several lines.
     *
     * @param configuration of the service
     */
    public static String of(Configuration configuration) {
        DetectorConfig detector = configuration.detector();
        Topics topics = detector.topics();
        String inputs = String.join(
                ",",
                List.of(
                        topics.entraAudit(),
                        topics.entraSignIn(),
                        topics.azureActivity(),
                        topics.m365Audit(),
                        topics.inventory()));
        String bootstrap = configuration.kafka().getOrDefault("bootstrap.servers", "BROKER:9092");
        return String.join(
                System.lineSeparator(),
                "Stop every instance, and reset the state (on every machine the second line):",
                "  kafka-streams-application-reset.sh --bootstrap-server " + ShellWord.of(bootstrap)
                        + " --application-id " + ShellWord.of(detector.applicationId()) + " --input-topics "
                        + ShellWord.of(inputs),
                "  rm -r "
                        + ShellWord.of(configuration
                                .stateDir()
                                .resolve(detector.applicationId())
                                .toString()),
                "The logs are then read again from the beginning of their topics. What those no longer hold is lost: older acts,"
                        + " what profiles knew of older applications, and the counters. Alerts keep their ids, and those of acts"
                        + " that are gone stay as they were published. (run --embedded: delete the directory of its broker too.)");
    }
}
