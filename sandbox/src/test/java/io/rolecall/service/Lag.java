package io.rolecall.service;

import io.rolecall.config.Topics;
import io.rolecall.sandbox.KafkaClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

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
        try {
            List<TopicPartition> partitions = partitions();
            Map<TopicPartition, OffsetAndMetadata> read =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            var ends = admin.listOffsets(
                            partitions.stream()
                                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())),
                            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get();
            return partitions.stream()
                    .mapToLong(partition ->
                            Math.max(0, ends.get(partition).offset() - offset(read.get(partition))))
                    .sum();
        } catch (ExecutionException e) {
            throw new KafkaException("The progress of the service cannot be seen", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    private static long offset(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private List<TopicPartition> partitions() throws InterruptedException, ExecutionException {
        List<String> names = new ArrayList<>(List.of(
                topics.entraAudit(),
                topics.entraSignIn(),
                topics.azureActivity(),
                topics.m365Audit(),
                topics.appEvents()));
        admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(group + "-") && name.endsWith("-repartition"))
                .forEach(names::add);
        return admin.describeTopics(names).allTopicNames().get().values().stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                .toList();
    }
}
