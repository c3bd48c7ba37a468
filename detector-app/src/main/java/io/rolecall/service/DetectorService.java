package io.rolecall.service;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.config.StreamsProperties;
import io.rolecall.config.Topics;
import io.rolecall.ops.Operations;
import io.rolecall.policy.Policy;
import io.rolecall.registry.Registry;
import io.rolecall.registry.RegistryErrors;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.topology.DetectorTopology;
import io.rolecall.topology.TopicSerdes;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running detector: checks what it needs, starts the Kafka Streams application, watches it and ends it. It never ends the
 * process by itself: whoever started it waits in {@link #awaitEnd} and decides.
 */
public final class DetectorService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DetectorService.class);

    /** Below the 30 s that Kubernetes grants by default before it kills. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final KafkaStreams streams;
    private final Operations operations;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private DetectorService(KafkaStreams streams, Operations operations) {
        this.streams = streams;
        this.operations = operations;
    }

    /**
     * Checks the topics and the registry, and starts. Returns when the networks are loaded and the tasks are being assigned; {@link
     * #awaitRunning} waits until events are processed.
     *
     * @param configuration the whole configuration
     * @param policy effective policy
     * @param clock the time, for what is measured against now
     * @throws io.rolecall.config.ConfigurationException when the configuration is wrong
     * @throws ServiceFailedException when something it needs is missing or refuses
     */
    public static DetectorService start(Configuration configuration, Policy policy, Clock clock) {
        Properties properties =
                StreamsProperties.of(configuration, DetectorTopology.properties(configuration.detector()));
        Registry registry = Registry.open(ClientProperties.registry(configuration));
        // Before anything that may take its time, so that probes are answered meanwhile.
        Operations operations = Operations.open(
                configuration,
                policy,
                String.valueOf(properties.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)),
                Map.of(),
                clock);
        try {
            registry.prepare(written(configuration.detector().topics()));
            TopicSerdes serdes = new TopicSerdes(
                    registry.serde(AppEvent.class),
                    registry.serde(Alert.class),
                    registry.serde(OrgNetwork.class),
                    RegistryErrors::isBadData);
            DetectorTopology topology =
                    new DetectorTopology(configuration.detector(), policy, "live", serdes, operations.observer());
            DetectorService service = new DetectorService(
                    new KafkaStreams(topology.build(new StreamsConfig(properties)), properties), operations);
            service.start();
            LOG.atInfo()
                    .addKeyValue("applicationId", configuration.detector().applicationId())
                    .addKeyValue("guarantee", properties.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
                    .log("Started");
            return service;
        } catch (KafkaException e) {
            operations.close();
            throw new ServiceFailedException(FailureMessage.of(e), e);
        } catch (RuntimeException e) {
            operations.close();
            throw e;
        }
    }

    /** What the service writes, so that its schemas are settled before the first record. */
    private static Map<String, org.apache.avro.Schema> written(Topics topics) {
        return Map.of(
                topics.appEvents(), AppEvent.getClassSchema(),
                topics.alerts(), Alert.getClassSchema());
    }

    private void start() {
        streams.setUncaughtExceptionHandler(error -> {
            failure.compareAndSet(null, error);
            operations.health().failed(FailureMessage.of(error));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> {
            operations.health().onChange(now, before);
            LOG.atInfo().addKeyValue("state", now).addKeyValue("before", before).log("State changed");
            if (now == KafkaStreams.State.RUNNING) {
                running.countDown();
            } else if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                ended.countDown();
            }
        });
        operations.watch(streams);
        try {
            streams.start();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            close();
            throw e;
        }
    }

    /**
     * Waits until every task of this instance processes.
     *
     * @return false when the time is over first
     * @throws ServiceFailedException when it ends by an error instead
     */
    public boolean awaitRunning(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!running.await(50, TimeUnit.MILLISECONDS)) {
            if (ended.getCount() == 0) {
                throwFailure();
                return false;
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
        }
        return true;
    }

    /**
     * Waits until the service has ended, by {@link #close} or by an error.
     *
     * @throws ServiceFailedException when it ended by an error
     */
    public void awaitEnd() throws InterruptedException {
        ended.await();
        throwFailure();
    }

    /** The TCP port on which health, metrics and information are answered. */
    public int httpPort() {
        return operations.port();
    }

    /** The Kafka Streams application, for what watches it. */
    public KafkaStreams streams() {
        return streams;
    }

    private void throwFailure() {
        Throwable error = failure.get();
        if (error != null) {
            throw new ServiceFailedException(FailureMessage.of(error), error);
        }
    }

    /**
     * Stops within 20 seconds and leaves the consumer group, so that another instance, or this one started again, takes over at once
     * instead of after the session timeout (KIP-1153). Closing again does nothing.
     */
    @Override
    public void close() {
        operations.unwatch();
        boolean stopped = streams.close(
                CloseOptions.timeout(STOP_WITHIN).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        if (!stopped) {
            LOG.atWarn()
                    .addKeyValue("seconds", STOP_WITHIN.toSeconds())
                    .log("Did not stop in time; what was not committed is done again at the next start");
        }
        operations.close();
        ended.countDown();
    }
}
