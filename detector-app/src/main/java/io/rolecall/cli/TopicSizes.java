package io.rolecall.cli;

import io.rolecall.config.Configuration;
import io.rolecall.deployment.DeploymentPlan;
import io.rolecall.deployment.TopicPlan;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that size a deployment. */
final class TopicSizes {

    private static final int MOST_PARTITIONS = 10_000;
    private static final int MOST_REPLICAS = 100;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of the topics over which the work spreads, raw logs and facts: at most this many"
                    + " threads share it. It cannot be changed later. Default: ${DEFAULT-VALUE}.")
    private int partitions = TopicPlan.USUAL_PARTITIONS;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Copies of each partition; from 3 on, two must acknowledge a write. Default: the broker's.")
    private @Nullable Integer replicationFactor;

    /** @throws CommandLine.ParameterException when a number is out of bounds */
    DeploymentPlan plan(Configuration configuration) {
        WrongUsage.unlessWithin(spec, "--partitions", partitions, MOST_PARTITIONS);
        Integer replicas = replicationFactor;
        if (replicas == null) {
            return DeploymentPlan.of(configuration, partitions, OptionalInt.empty());
        }
        WrongUsage.unlessWithin(spec, "--replication-factor", replicas, MOST_REPLICAS);
        return DeploymentPlan.of(configuration, partitions, OptionalInt.of(replicas));
    }
}
