package io.rolecall.service;

import static java.util.Objects.requireNonNull;

import io.rolecall.config.Topics;
import io.rolecall.sandbox.KafkaClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a detector has not read yet of its topics: raw logs, facts, and those between its own steps. */
final class Lag {

    private final Admin admin;
    private final String group;
    private final Topics topics;

    Lag(KafkaClient client, String group, Topics topics) {
        this.admin = client.admin();
        this.group = group;
        this.topics = topics;
    }

    /** By what the group has committed itself; records of open transactions do not count. */
    long records() {
        List<String> names = new ArrayList<>(topics.rawLogs());
        names.add(topics.appEvents());
        names.addAll(repartitionTopics());
        return of(names);
    }

    /** Of the raw logs alone. */
    long rawRecords() {
        return of(topics.rawLogs());
    }

    private long of(List<String> names) {
        List<TopicPartition> partitions = partitions(names);
        Map<TopicPartition, OffsetAndMetadata> read = KafkaClient.await(
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), "offsets of " + group);
        var ends = KafkaClient.await(
                admin.listOffsets(
                                partitions.stream()
                                        .collect(Collectors.toMap(
                                                Function.identity(), partition -> OffsetSpec.latest())),
                                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all(),
                "ends of " + names);
        return partitions.stream()
                .mapToLong(partition ->
                        Math.max(0, requireNonNull(ends.get(partition)).offset() - offset(read.get(partition))))
                .sum();
    }

    private static long offset(@Nullable OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private List<String> repartitionTopics() {
        return KafkaClient.await(admin.listTopics().names(), "names of topics").stream()
                .filter(name -> name.startsWith(group + "-") && name.endsWith("-repartition"))
                .toList();
    }

    private List<TopicPartition> partitions(List<String> names) {
        return KafkaClient.await(admin.describeTopics(names).allTopicNames(), "partitions of " + names)
                .values()
                .stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                .toList();
    }
}
