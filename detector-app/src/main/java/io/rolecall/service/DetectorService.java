package io.rolecall.service;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.config.StreamsProperties;
import io.rolecall.deployment.Clients;
import io.rolecall.detection.Catalogue;
import io.rolecall.ops.ExplainEndpoint;
import io.rolecall.ops.ServiceOperations;
import io.rolecall.ops.StopBound;
import io.rolecall.policy.Policy;
import io.rolecall.registry.Registry;
import io.rolecall.registry.RegistryErrors;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Incident;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.state.NativeLibraries;
import io.rolecall.topology.DetectorTopology;
import io.rolecall.topology.InternalTopics;
import io.rolecall.topology.LiveHistories;
import io.rolecall.topology.ServiceCounts;
import io.rolecall.topology.StreamConsumers;
import io.rolecall.topology.TopicSerdes;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running detector: checks what it needs, starts the Kafka Streams application, watches it and ends it. It never ends the
 * process by itself: whoever started it waits in {@link #awaitEnd} and decides.
 */
public final class DetectorService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DetectorService.class);

    private static final StopBound.Step METRICS = new StopBound.Step("the metrics", "", Duration.ofSeconds(17));
    private static final StopBound.Step HTTP = new StopBound.Step("the HTTP server", "", Duration.ofSeconds(3));

    private final ServiceOperations operations;
    private final BrokerSources sources;
    private final StreamsRun run;
    private final StopBound bound;
    private boolean closed;

    private DetectorService(ServiceOperations operations, BrokerSources sources, StreamsRun run, StopBound bound) {
        this.operations = operations;
        this.sources = sources;
        this.run = run;
        this.bound = bound;
    }

    /**
     * Checks the topics and the registry, and starts. Returns when the networks are loaded and the tasks are being assigned; {@link
     * #awaitRunning} waits until events are processed.
     *
     * @param configuration the whole configuration
     * @param catalogue the detections
     * @param policy effective policy
     * @param clock the time, for what is measured against now
     * @throws io.rolecall.config.ConfigurationException when the configuration is wrong
     * @throws ServiceFailedException when something it needs is missing or refuses
     */
    public static DetectorService start(Configuration configuration, Catalogue catalogue, Policy policy, Clock clock) {
        return start(configuration, catalogue, policy, clock, new StopBound());
    }

    /**
     * The same, as a part of something that has one bound for its stop.
     *
     * @param bound what closing the service is to share with whatever else is closed
     */
    public static DetectorService start(
            Configuration configuration, Catalogue catalogue, Policy policy, Clock clock, StopBound bound) {
        StreamConsumers consumers = new StreamConsumers();
        Properties properties = StreamsProperties.of(
                configuration, DetectorTopology.properties(configuration.detector(), catalogue, consumers));
        ExplainEndpoint explain = new ExplainEndpoint(policy);
        // First, so that probes are answered while topics and registry are checked.
        ServiceOperations operations = ServiceOperations.open(
                configuration,
                catalogue,
                policy,
                String.valueOf(properties.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)),
                Map.of(ExplainEndpoint.PATH, explain),
                clock);
        BrokerSources sources = new BrokerSources(configuration, consumers);
        try {
            BrokerChecks checks = new BrokerChecks(configuration);
            checks.beforeStart();
            NativeLibraries.loadRocksDb();
            NativeLibraries.loadLz4();
            sources.start();
            DetectorTopology topology = new DetectorTopology(
                    configuration.detector(),
                    catalogue,
                    policy,
                    "live",
                    serdes(configuration),
                    operations.observer(),
                    sources);
            HostInfo self = Instance.address(configuration.http(), operations.port());
            properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self.host() + ":" + self.port());
            var built = Clients.open(() -> topology.build(new StreamsConfig(properties)));
            BrokerChecks ofTopology = checks.knowing(
                    InternalTopics.of(built, configuration.detector().applicationId()));
            ofTopology.warnOfMissingInternalTopics();
            KafkaStreams streams = open(() -> new KafkaStreams(built, properties, consumers), configuration);
            DetectorService service = new DetectorService(
                    operations, sources, new StreamsRun(streams, ofTopology, operations.health(), bound), bound);
            operations.watch(streams);
            explain.answerFrom(
                    new LiveHistories(streams, topology, configuration.detector()),
                    () -> ServiceCounts.read(streams),
                    self);
            service.run.start();
            LOG.atInfo()
                    .addKeyValue("applicationId", configuration.detector().applicationId())
                    .addKeyValue("guarantee", properties.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
                    .log("Started");
            service.warnOfMissingNetworks(configuration);
            policy.unknownNetworks(topology.networkLabels())
                    .forEach(warning -> LOG.atWarn().log(warning));
            return service;
        } catch (RuntimeException e) {
            sources.close();
            operations.close();
            throw e instanceof KafkaException ? new ServiceFailedException(FailureMessage.of(e, configuration), e) : e;
        }
    }

    /** Makes the streams, and says of a state directory that cannot be used that it is one. */
    private static KafkaStreams open(Supplier<KafkaStreams> streams, Configuration configuration) {
        return Clients.open(() -> {
            try {
                return streams.get();
            } catch (StreamsException e) {
                throw FailureMessage.ofStateDirectory(e, configuration)
                        .<RuntimeException>map(wrong -> wrong)
                        .orElse(e);
            }
        });
    }

    /** The table is read when the streams have started. Without it no address is the organisation's. */
    private void warnOfMissingNetworks(Configuration configuration) {
        if (operations.networks() == 0) {
            LOG.atWarn()
                    .addKeyValue("topic", configuration.detector().topics().networks())
                    .log("No network of the organisation is known, so its own addresses cannot be told from others;"
                            + " 'rolecall networks import FILE' publishes them, also while the service runs");
        }
    }

    /** Settles with the registry what the service writes, so that it is not needed afterwards. */
    private static TopicSerdes serdes(Configuration configuration) {
        Registry registry = Registry.open(ClientProperties.registry(configuration));
        registry.prepare(Map.of(
                configuration.detector().topics().appEvents(), AppEvent.getClassSchema(),
                configuration.detector().topics().alerts(), Alert.getClassSchema(),
                configuration.detector().topics().incidents(), Incident.getClassSchema()));
        return new TopicSerdes(
                registry.serde(AppEvent.class),
                registry.serde(Alert.class),
                registry.serde(Incident.class),
                registry.serde(OrgNetwork.class),
                RegistryErrors::isBadData);
    }

    /**
     * Waits until every task of this instance processes.
     *
     * @return false when the time is over, or the service closed, first
     * @throws ServiceFailedException when it ends by an error instead
     */
    public boolean awaitRunning(Duration atMost) throws InterruptedException {
        return run.awaitRunning(atMost);
    }

    /**
     * Waits until the service has ended, by {@link #close} or by an error.
     *
     * @throws ServiceFailedException when it ended by an error
     */
    public void awaitEnd() throws InterruptedException {
        run.awaitEnd();
    }

    /** The Kafka Streams application, for what watches it. */
    public KafkaStreams streams() {
        return run.streams();
    }

    /** The TCP port on which health and metrics are answered. */
    public int httpPort() {
        return operations.port();
    }

    /** The TCP port on which health alone is answered, by threads of its own. */
    public int probePort() {
        return operations.probePort();
    }

    /**
     * Stops within {@link StopBound#WHOLE} and leaves the consumer group, so that another instance, or this one started again, takes over
     * at once instead of after the session timeout (KIP-1153). What has not ended by then is left behind, and the bound says so. Closing
     * again does nothing; who does while it is being closed waits for the end of that.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        bound.run(METRICS, () -> {
            operations.unwatch();
            sources.close();
        });
        run.close();
        bound.run(HTTP, operations::close);
    }
}
