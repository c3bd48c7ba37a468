package io.rolecall.cli;

import io.rolecall.config.Configuration;
import io.rolecall.deployment.AccessPlan;
import io.rolecall.deployment.DeploymentPlan;
import io.rolecall.deployment.KafkaCommands;
import io.rolecall.deployment.PlanTable;
import io.rolecall.deployment.StrimziResources;
import io.rolecall.explain.Printable;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topics print}: what a deployment needs of a broker. */
@Command(
        name = "print",
        description = {
            "Prints the topics that the configuration needs, and the least rights of the service's principal.",
            "No broker is asked."
        })
final class TopicsPrintCommand implements Callable<Integer> {

    private enum Format {
        /** Tables for people. */
        TABLE,
        /** A script with the commands of Kafka's own tools. */
        KAFKA,
        /** Resources of the Strimzi operator. */
        STRIMZI;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Rolecall root;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--format", paramLabel = "FORMAT", description = "One of ${COMPLETION-CANDIDATES}. Default: table.")
    private Format format = Format.TABLE;

    @Option(
            names = "--principal",
            paramLabel = "TYPE:NAME",
            description = "To whom the rights are given, for --format kafka and strimzi. Default: User:rolecall.")
    private @Nullable String principal;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "Name of the operator's Kafka resource, for --format strimzi. Default: my-cluster.")
    private @Nullable String cluster;

    @Mixin
    private TopicSizes sizes = new TopicSizes();

    @Mixin
    private ConfigOption config = new ConfigOption();

    TopicsPrintCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        refuseUnused("--principal", principal, format != Format.TABLE);
        refuseUnused("--cluster", cluster, format == Format.STRIMZI);
        String grantee = principal == null ? "User:rolecall" : principal;
        String kafka = cluster == null ? "my-cluster" : cluster;
        refuse("--principal", grantee, "[A-Za-z]+:[^\\p{Cntrl}]+", "of the form User:NAME");
        refuse("--cluster", kafka, "[a-z0-9]([a-z0-9.-]*[a-z0-9])?", "the name of a Kubernetes resource");
        Configuration configuration = config.settings(root).configuration();
        DeploymentPlan plan = sizes.plan(configuration);
        root.console()
                .out()
                .print(
                        switch (format) {
                            case TABLE ->
                                PlanTable.of(plan) + "\n"
                                        + PlanTable.rights("RIGHT OF WHO REPLAYS", AccessPlan.ofReplay(configuration));
                            case KAFKA -> new KafkaCommands(bootstrap(configuration)).script(plan, grantee);
                            case STRIMZI -> new StrimziResources(kafka).render(plan, configuration, grantee);
                        });
        return ExitCode.DONE;
    }

    private String bootstrap(Configuration configuration) {
        String configured = configuration.kafka().getOrDefault("bootstrap.servers", "");
        if (configured.isBlank()) {
            root.console()
                    .err()
                    .println("hint: kafka.bootstrap.servers is not configured; the commands say localhost:9092");
            return "localhost:9092";
        }
        return configured;
    }

    private void refuseUnused(String option, @Nullable String value, boolean used) {
        CommandSpec own = spec;
        if (own != null && value != null && !used) {
            throw new CommandLine.ParameterException(
                    own.commandLine(), "--format " + format + " does not use " + option);
        }
    }

    private void refuse(String option, String value, String form, String wanted) {
        CommandSpec own = spec;
        if (own != null && !value.matches(form)) {
            throw new CommandLine.ParameterException(
                    own.commandLine(), option + " must be " + wanted + ", not '" + Printable.line(value) + "'");
        }
    }
}
