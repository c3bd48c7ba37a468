package io.rolecall.service;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import io.rolecall.deployment.Clients;
import io.rolecall.ops.BackgroundThread;
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
    private final BackgroundThread asking = new BackgroundThread("rolecall-source-topics");
    private final Map<String, Integer> missing = new HashMap<>();

    private final Map<String, SourceTopic> known = new HashMap<>();
    private volatile Listed listed = new Listed(List.of(), List.of());
    private @Nullable Admin admin;

    /** What is told; empty until of each topic it is known whether it is there: without it the low watermark would pass it. */
    private record Listed(List<SourceTopic> rawLogs, List<SourceTopic> all) {}

    BrokerSources(Configuration configuration, StreamConsumers consumers) {
        this.configuration = configuration;
        this.consumers = consumers;
        this.rawLogs =
                configuration.detector().topics().rawLogs().stream().distinct().toList();
        this.betweenSteps = DetectorTopology.betweenSteps(configuration.detector());
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
        asking.repeat(ASK_EVERY, ASK_EVERY, () -> ask(client), e -> LOG.atDebug()
                .setCause(e)
                .log("The brokers cannot be asked for the topics now"));
    }

    @Override
    public List<SourceTopic> rawLogs() {
        return listed.rawLogs();
    }

    @Override
    public List<SourceTopic> all() {
        return listed.all();
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
        for (Map.Entry<String, KafkaFuture<TopicDescription>> asked :
                client.describeTopics(names).topicNameValues().entrySet()) {
            try {
                TopicDescription topic = asked.getValue().get();
                known.put(
                        topic.name(),
                        new SourceTopic(
                                topic.name(),
                                topic.topicId().toString(),
                                topic.partitions().size(),
                                betweenSteps.contains(topic.name())));
                missing.remove(topic.name());
            } catch (ExecutionException e) {
                missing(asked.getKey(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return; // the service is closing
            }
        }
        listed = list();
    }

    private Listed list() {
        if (!rawLogs.stream().allMatch(name -> known.containsKey(name) || isGone(name))) {
            return new Listed(List.of(), List.of());
        }
        List<SourceTopic> logs =
                rawLogs.stream().filter(known::containsKey).map(known::get).toList();
        if (!known.keySet().containsAll(betweenSteps)) {
            return new Listed(logs, List.of());
        }
        List<SourceTopic> all = new ArrayList<>(logs);
        betweenSteps.forEach(name -> all.add(known.get(name)));
        return new Listed(logs, List.copyOf(all));
    }

    /** A broker that has just started may not know a topic yet; what two answers in a row say is believed. */
    private boolean isGone(String name) {
        return missing.getOrDefault(name, 0) >= 2;
    }

    private void missing(String name, ExecutionException error) {
        if (!(error.getCause() instanceof UnknownTopicOrPartitionException)) {
            LOG.atDebug().addKeyValue("topic", name).setCause(error).log("The brokers do not tell of a topic now");
            return;
        }
        missing.merge(name, 1, Integer::sum);
        if (isGone(name) && known.remove(name) != null) {
            LOG.atWarn()
                    .addKeyValue("topic", name)
                    .log("The topic has been deleted; the low watermark of the logs goes on without it");
        }
    }

    @Override
    public void close() {
        asking.close();
        if (admin != null) {
            admin.close(CLOSE_WITHIN);
        }
    }
}
