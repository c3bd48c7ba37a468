package io.rolecall.ops;

import io.rolecall.config.Configuration;
import io.rolecall.config.StreamsProperties;
import io.rolecall.detection.Catalogue;
import io.rolecall.ops.WorkProgress.Trouble;
import io.rolecall.policy.Policy;
import io.rolecall.topology.DetectorObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator sees of one service: {@code /healthz}, {@code /readyz}, {@code /metrics} and {@code /info}; the first two also on a
 * port of their own with threads of their own, where nobody who asks for something else is in the way. Open it first, so that probes
 * are answered while topics and registry are checked; hand its observer to the topology, and the streams to {@link #watch}.
 */
public final class ServiceOperations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceOperations.class);

    /** Enough for a scraper and a few questions. */
    private static final int ANSWERED_AT_ONCE = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WorkProgress progress;
    private final Health health;
    private final Restoration restoration = new Restoration();
    private final StandbyLag standbys = new StandbyLag();
    private final ServiceMetrics metrics;
    private final ServiceInfo info;
    private final OperationsServer server;
    private final OperationsServer probes;

    private ServiceOperations(
            Configuration configuration,
            Catalogue catalogue,
            Policy policy,
            String processingGuarantee,
            Map<String, Endpoint> more,
            Clock clock,
            ServiceMetrics.Intervals intervals) {
        this.progress = new WorkProgress(clock, StreamsProperties.commitInterval(configuration));
        this.health = new Health(clock, () -> progress.trouble().map(Trouble::reason), this::details);
        this.metrics = new ServiceMetrics(
                configuration, catalogue, policy, clock, health, progress, restoration, standbys, intervals);
        this.info = new ServiceInfo(configuration, catalogue, policy, processingGuarantee, clock.instant());
        Map<String, Endpoint> cheap =
                Map.of("/healthz", query -> health.liveness(), "/readyz", query -> health.readiness());
        try {
            this.server = OperationsServer.start(
                    new OperationsServer.Listener(
                            "rolecall-http",
                            configuration.http().bind(),
                            configuration.http().port(),
                            "http.port"),
                    endpoints(more, cheap));
        } catch (RuntimeException e) {
            metrics.close();
            throw e;
        }
        try {
            this.probes = OperationsServer.start(
                    new OperationsServer.Listener(
                            "rolecall-probes",
                            configuration.http().bind(),
                            configuration.http().probePort(),
                            "http.probe-port"),
                    cheap);
        } catch (RuntimeException e) {
            metrics.close();
            server.close();
            throw e;
        }
    }

    /** All but the probes wait for their turn. */
    private Map<String, Endpoint> endpoints(Map<String, Endpoint> more, Map<String, Endpoint> cheap) {
        Map<String, Endpoint> endpoints = new HashMap<>(more);
        endpoints.put("/metrics", query -> new Page(200, ServiceMetrics.CONTENT_TYPE, metrics.scrape()));
        endpoints.put("/info", query -> Page.json(200, info.fields(metrics.networks(), metrics.watermark())));
        FewAtOnce few = new FewAtOnce(ANSWERED_AT_ONCE, PATIENCE);
        endpoints.replaceAll((path, endpoint) -> few.limit(endpoint));
        endpoints.putAll(cheap);
        return endpoints;
    }

    /**
     * Listens.
     *
     * @param configuration of the service
     * @param catalogue the detections
     * @param policy in force
     * @param processingGuarantee of Kafka Streams, as it is set
     * @param more further read-only endpoints by path
     * @param clock the time
     * @throws io.rolecall.config.ConfigurationException when it cannot listen where the configuration says
     */
    public static ServiceOperations open(
            Configuration configuration,
            Catalogue catalogue,
            Policy policy,
            String processingGuarantee,
            Map<String, Endpoint> more,
            Clock clock) {
        return open(configuration, catalogue, policy, processingGuarantee, more, clock, ServiceMetrics.Intervals.USUAL);
    }

    static ServiceOperations open(
            Configuration configuration,
            Catalogue catalogue,
            Policy policy,
            String processingGuarantee,
            Map<String, Endpoint> more,
            Clock clock,
            ServiceMetrics.Intervals intervals) {
        ServiceOperations operations =
                new ServiceOperations(configuration, catalogue, policy, processingGuarantee, more, clock, intervals);
        LOG.atInfo()
                .addKeyValue("url", "http://" + configuration.http().bind() + ":" + operations.port())
                .addKeyValue("probes", "http://" + configuration.http().bind() + ":" + operations.probePort())
                .log(
                        "Answering /healthz, /readyz, /metrics and /info; /healthz and /readyz also on the port for probes");
        return operations;
    }

    /** Where the topology tells what happens. */
    public DetectorObserver observer() {
        return metrics.observer();
    }

    /** The state as probes see it; tell it the states of the streams, and why they fail. */
    public Health health() {
        return health;
    }

    /**
     * Watches these streams: their metrics and the restoration of their state. Health needs to be told their states: it is a
     * {@link KafkaStreams.StateListener}, of which streams have but one.
     *
     * @param streams created and not started
     */
    public void watch(KafkaStreams streams) {
        streams.setGlobalStateRestoreListener(restoration);
        streams.setStandbyUpdateListener(standbys);
        health.watch(streams);
        metrics.watch(streams);
    }

    /** The TCP port that is listened on. */
    public int port() {
        return server.port();
    }

    /** The TCP port that answers {@code /healthz} and {@code /readyz} alone. */
    public int probePort() {
        return probes.port();
    }

    /** Entries of the table of the organisation's networks. */
    public int networks() {
        return metrics.networks();
    }

    /** Reads nothing of the streams any more, while health goes on to be answered; to be called before the streams are closed. */
    public void unwatch() {
        metrics.close();
    }

    /** Stops listening. Closing again does nothing. */
    @Override
    public void close() {
        metrics.close();
        server.close();
        probes.close();
    }

    private Map<String, ?> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("networks", metrics.networks());
        details.put("restoring", restoration.byStore());
        return details;
    }
}
