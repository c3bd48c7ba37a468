package io.rolecall.cli;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.deployment.AccessPlan;
import io.rolecall.deployment.BrokerTrouble;
import io.rolecall.deployment.Clients;
import io.rolecall.deployment.DeploymentPlan;
import io.rolecall.deployment.TopicCreation;
import io.rolecall.deployment.TopicCreation.Outcome;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics create}: makes what is missing. */
@Command(
        name = "create",
        description = {
            "Creates the topics that are missing on the broker of the configuration.",
            "What exists is compared with the plan and never altered."
        })
final class TopicsCreateCommand implements Callable<Integer> {

    private final Rolecall root;

    @Option(names = "--dry-run", description = "Say what would be created, after asking the broker whether it would.")
    private boolean dryRun;

    @Mixin
    private TopicSizes sizes = new TopicSizes();

    @Mixin
    private ConfigOption config = new ConfigOption();

    TopicsCreateCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        RunSettings settings = config.settings(root);
        settings.warnOfPlainSecrets(root.console().err());
        Configuration configuration = settings.configuration();
        DeploymentPlan plan = sizes.plan(configuration);
        BrokerTrouble trouble = new BrokerTrouble(configuration, AccessPlan.ofTopicCreation(configuration));
        try (Admin admin = Clients.open(() -> Admin.create(ClientProperties.admin(configuration)))) {
            List<Outcome> outcomes = trouble.explained(() -> new TopicCreation(admin, plan).run(dryRun));
            outcomes.forEach(this::print);
            summary(outcomes);
        }
        return ExitCode.DONE;
    }

    private void print(Outcome outcome) {
        PrintWriter out = root.console().out();
        if (outcome.created()) {
            out.println((dryRun ? "missing  " : "created  ") + outcome.topic());
        } else if (outcome.differences().isEmpty()) {
            out.println("exists   " + outcome.topic());
        } else {
            out.println("differs  " + outcome.topic() + ": " + String.join(", ", outcome.differences()));
        }
    }

    private void summary(List<Outcome> outcomes) {
        long created = outcomes.stream().filter(Outcome::created).count();
        long differing = outcomes.stream()
                .filter(outcome -> !outcome.differences().isEmpty())
                .count();
        root.console()
                .err()
                .println((dryRun ? "Would create " : "Created ") + created + " of " + outcomes.size() + " topics"
                        + (differing == 0
                                ? "."
                                : "; " + differing + " differ from the plan and are left as they are"
                                        + " (kafka-configs.sh changes settings)."));
    }
}
