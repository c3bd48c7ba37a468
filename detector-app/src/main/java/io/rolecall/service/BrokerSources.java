package io.rolecall.service;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.deployment.Clients;
import io.rolecall.state.SourceTopic;
import io.rolecall.topology.DetectorTopology;
import io.rolecall.topology.Sources;
import io.rolecall.topology.StreamConsumers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers which topics feed the service: at the start and again and again, for partitions are added and topics made anew.
 * What it learns may come late: a partition that has been added holds nothing back until it is listed, and one that is gone goes on
 * holding.
 */
final class BrokerSources implements Sources, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerSources.class);

    /** Kafka Streams makes its internal topics some seconds after its start; until they are known nothing can be late. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(5);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final Configuration configuration;
    private final StreamConsumers consumers;
    private final List<String> rawLogs;
    private final List<String> betweenSteps;
    private final ScheduledExecutorService asking;
    private final Map<String, Integer> missing = new HashMap<>();

    /** Whether of every topic of raw logs it is known whether it is there: without one of them the low watermark would pass it. */
    private volatile boolean complete;

    private volatile Map<String, SourceTopic> known = Map.of();
    private @Nullable Admin admin;

    BrokerSources(Configuration configuration, StreamConsumers consumers) {
        this.configuration = configuration;
        this.consumers = consumers;
        this.rawLogs = DetectorTopology.rawLogs(configuration.detector().topics()).stream()
                .distinct()
                .toList();
        this.betweenSteps = DetectorTopology.betweenSteps(configuration.detector());
        this.asking = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "rolecall-source-topics");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Asks once, and from now on.
     *
     * @throws io.rolecall.config.ConfigurationException when a client cannot be made from the configuration
     */
    void start() {
        Admin client = Clients.open(() -> Admin.create(ClientProperties.admin(configuration)));
        admin = client;
        ask(client);
        // Nothing is thrown into the future, so nobody looks at it.
        ScheduledFuture<?> unused = asking.scheduleWithFixedDelay(
                () -> askAgain(client), ASK_EVERY.toMillis(), ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is thrown would end the repetition. */
    private void askAgain(Admin client) {
        try {
            ask(client);
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("The brokers cannot be asked for the topics now");
        }
    }

    @Override
    public List<SourceTopic> rawLogs() {
        if (!complete) {
            return List.of();
        }
        Map<String, SourceTopic> now = known;
        return rawLogs.stream().filter(now::containsKey).map(now::get).toList();
    }

    @Override
    public List<SourceTopic> all() {
        Map<String, SourceTopic> now = known;
        if (!complete || !now.keySet().containsAll(betweenSteps)) {
            return List.of();
        }
        List<SourceTopic> all = new ArrayList<>(rawLogs());
        betweenSteps.forEach(name -> all.add(now.get(name)));
        return all;
    }

    @Override
    public boolean isReadToEnd(SourceTopic topic, int partition, long lastOffset) {
        return consumers.isReadToEnd(new TopicPartition(topic.name(), partition), lastOffset);
    }

    @Override
    public void opened(List<SourceTopic> topics, int partition) {
        topics.forEach(topic -> consumers.assigned(new TopicPartition(topic.name(), partition)));
    }

    private void ask(Admin client) {
        List<String> names = new ArrayList<>(rawLogs);
        names.addAll(betweenSteps);
        Map<String, SourceTopic> next = new HashMap<>(known);
        for (Map.Entry<String, KafkaFuture<TopicDescription>> asked :
                client.describeTopics(names).topicNameValues().entrySet()) {
            try {
                TopicDescription topic = asked.getValue().get();
                next.put(
                        topic.name(),
                        new SourceTopic(
                                topic.name(),
                                topic.topicId().toString(),
                                topic.partitions().size(),
                                betweenSteps.contains(topic.name())));
                missing.remove(topic.name());
            } catch (ExecutionException e) {
                missing(asked.getKey(), e, next);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return; // the service is closing
            }
        }
        known = Map.copyOf(next);
        complete |= rawLogs.stream().allMatch(name -> next.containsKey(name) || isGone(name));
    }

    /** A broker that has just started may not know a topic yet; what two answers in a row say is believed. */
    private boolean isGone(String name) {
        return missing.getOrDefault(name, 0) >= 2;
    }

    private void missing(String name, ExecutionException error, Map<String, SourceTopic> next) {
        if (!(error.getCause() instanceof UnknownTopicOrPartitionException)) {
            LOG.atDebug().addKeyValue("topic", name).setCause(error).log("The brokers do not tell of a topic now");
            return;
        }
        missing.merge(name, 1, Integer::sum);
        if (isGone(name) && next.remove(name) != null) {
            LOG.atWarn()
                    .addKeyValue("topic", name)
                    .log("The topic has been deleted; the low watermark of the logs goes on without it");
        }
    }

    @Override
    public void close() {
        asking.shutdownNow();
        if (admin != null) {
            admin.close(CLOSE_WITHIN);
        }
    }
}
