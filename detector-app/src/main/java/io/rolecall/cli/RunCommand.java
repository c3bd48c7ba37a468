package io.rolecall.cli;

import io.rolecall.config.Configuration;
import io.rolecall.config.Topics;
import io.rolecall.ops.Logging;
import io.rolecall.ops.StopBound;
import io.rolecall.service.DetectorService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: the service. */
@Command(
        name = "run",
        description = {
            "Runs the service against the Kafka of the configuration until it is told to stop (Ctrl-C, SIGTERM).",
            "Checks the topics, the rights and the schema registry first, and says what is missing and which command mends it."
        })
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    /** Restoring takes as long as it takes. */
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private static final StopBound.Step LOCAL_BROKER = new StopBound.Step(
            "the local broker", "its data are checked and repaired at the next start", Duration.ZERO);

    private final Rolecall root;

    @Option(
            names = "--embedded",
            description = "Give it a local broker of its own, with its topics, in a directory that stays.")
    private boolean embedded;

    @Option(
            names = "--embedded-dir",
            paramLabel = "DIR",
            description =
                    "With --embedded: directory of the local broker (default: embedded-kafka in the state directory).")
    private @Nullable Path embeddedDirectory;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private PolicyOption policy = new PolicyOption();

    RunCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Console console = root.console();
        RunSettings settings = new RunSettings(config.file(), null, policy.file(), root);
        settings.warnOfPlainSecrets(console.err());
        settings.warnOfPolicy(console.err());
        boolean local = embedded || embeddedDirectory != null;
        if (local && settings.configuration().kafka().containsKey("bootstrap.servers")) {
            console.err()
                    .println("warning: kafka.bootstrap.servers is not used: --embedded starts a broker of its own");
        }
        Logging.ofService(console.errIsTerminal(), root.verbose());
        StopBound bound = new StopBound();
        try {
            run(settings, local, bound);
        } finally {
            // Also beside a failure: what was left undone is as much worth knowing then.
            bound.complaint().ifPresent(text -> console.err().println("rolecall: " + text));
        }
        return bound.complaint().isPresent() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void run(RunSettings settings, boolean local, StopBound bound) throws IOException, InterruptedException {
        if (!local) {
            run(settings.configuration(), settings, bound);
            return;
        }
        LocalBroker broker = LocalBroker.start(settings.configuration(), embeddedDirectory);
        try {
            root.console().err().println("local broker: " + broker.bootstrapServers());
            run(broker.configuration(), settings, bound);
        } finally {
            bound.run(LOCAL_BROKER, broker::close);
        }
    }

    /** The last line of a start: what is read, and the command that gets a first record there. */
    private static void sayReady(Configuration configuration) {
        Topics topics = configuration.detector().topics();
        LOG.info(
                "Ready, and reading {}, {}, {}, {}; a first record: {}",
                topics.entraAudit(),
                topics.entraSignIn(),
                topics.azureActivity(),
                topics.m365Audit(),
                firstRecord(configuration, topics.entraAudit()));
    }

    /** As a shell takes it. Where the broker wants more than an address, Kafka's tool needs to be told in a file of its own. */
    private static String firstRecord(Configuration configuration, String topic) {
        Map<String, String> kafka = configuration.kafka();
        boolean open = kafka.getOrDefault("security.protocol", "PLAINTEXT").equalsIgnoreCase("PLAINTEXT");
        return "rolecall story --out story && kafka-console-producer.sh --bootstrap-server "
                + kafka.get("bootstrap.servers") + " --topic " + topic
                + (open ? "" : " --producer.config client.properties")
                + " < story/entra-audit.diagnostic.ndjson"
                + (open ? "" : " (client.properties holds the settings of the section kafka)");
    }

    private void run(Configuration configuration, RunSettings settings, StopBound bound) throws InterruptedException {
        try (DetectorService service = DetectorService.start(
                configuration,
                root.catalogue(),
                settings.policy(),
                root.console().clock(),
                bound)) {
            StopRequest.Registration stop = StopRequest.onRequest(service::close);
            try {
                if (service.awaitRunning(FOR_EVER)) {
                    sayReady(configuration);
                }
                service.awaitEnd();
            } finally {
                stop.close();
            }
        }
    }
}
