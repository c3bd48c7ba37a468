package io.rolecall.cli;

import io.rolecall.deployment.AlertsTopic;
import io.rolecall.schema.Alert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options by which alerts of a replay go to a topic, which nothing else of it does. */
final class PublishOption {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--publish",
            paramLabel = "TOPIC",
            description = "Write the alerts to this topic too, as rolecall.alerts has them, with origin replay.")
    private @Nullable String topic;

    @Option(names = "--force", description = "Let --publish write to the topic of live's alerts.")
    private boolean force;

    /** @throws CommandLine.ParameterException when the topic is one of live, unless that is forced and holds alerts */
    void check(RunSettings settings) {
        String wanted = topic;
        if (wanted == null) {
            if (force) {
                throw WrongUsage.of(spec, "--force goes with --publish");
            }
        } else if (AlertsTopic.isOfService(settings.configuration(), wanted)) {
            if (!wanted.equals(settings.config().topics().alerts())) {
                throw WrongUsage.of(spec, "--publish writes alerts in Avro, and " + wanted + " holds something else");
            }
            if (!force) {
                throw WrongUsage.of(
                        spec,
                        "--publish " + wanted + ": whoever reads it is told of history as if it were now; --force"
                                + " writes there all the same");
            }
        }
    }

    /** With the present as generation: who keeps the newest record of an alert keeps that of the last replay. */
    void publish(Console console, RunSettings settings, List<Alert> alerts) {
        String wanted = topic;
        if (wanted != null) {
            Instant now = console.clock().instant();
            new AlertsTopic(settings.configuration(), wanted)
                    .write(alerts.stream()
                            .map(alert -> Alert.newBuilder(alert)
                                    .setGeneration(now.toEpochMilli())
                                    .setRevision(1)
                                    .setChangeSummary(null)
                                    .setEmittedAt(now)
                                    .build())
                            .toList());
            console.err().println("published " + alerts.size() + " to " + wanted);
        }
    }
}
