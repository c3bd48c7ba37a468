package io.rolecall.gather;

import io.rolecall.config.Configuration;
import io.rolecall.deployment.Clients;
import io.rolecall.replay.Plan;
import io.rolecall.replay.PlannedPartition;
import io.rolecall.replay.SourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the brokers tell of the partitions of a plan beside their offsets. What they do not tell, or not to this client, stays unknown. */
public final class Survey {

    private final Configuration configuration;

    public Survey(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * What is known of one partition.
     *
     * @param planned its bounds
     * @param bytes what is to be read of it takes on a broker's disks; empty where the client may not see that
     * @param remote offsets to be read that only remote storage holds; empty where the broker does not tell
     */
    public record Surveyed(PlannedPartition planned, OptionalLong bytes, OptionalLong remote) {}

    /** Asks about the raw logs of this plan's share. */
    public List<Surveyed> of(Plan plan) {
        List<PlannedPartition> raw = plan.share().stream()
                .filter(partition -> partition.kind() == SourceKind.RAW)
                .toList();
        List<TopicPartition> names = raw.stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        try (Admin admin = new ReplayClients(configuration).admin()) {
            Map<TopicPartition, Long> sizes = sizes(admin, names);
            Map<TopicPartition, Long> local = local(admin, names);
            List<Surveyed> surveyed = new ArrayList<>();
            for (int i = 0; i < raw.size(); i++) {
                surveyed.add(new Surveyed(
                        raw.get(i),
                        bytes(raw.get(i), sizes.get(names.get(i))),
                        remote(raw.get(i), local.get(names.get(i)))));
            }
            return surveyed;
        }
    }

    /** Of a log's size the share of its offsets that is to be read. */
    private static OptionalLong bytes(PlannedPartition partition, @Nullable Long size) {
        long there = partition.highWatermark() - partition.earliest();
        return size == null
                ? OptionalLong.empty()
                : OptionalLong.of(there <= 0 ? 0 : Math.round((double) size * partition.span() / there));
    }

    private static OptionalLong remote(PlannedPartition partition, @Nullable Long local) {
        if (local == null || local < 0) {
            return OptionalLong.empty();
        }
        long until = Math.min(local, partition.end());
        return OptionalLong.of(Math.max(0, until - partition.start()));
    }

    private static Map<TopicPartition, Long> local(Admin admin, Collection<TopicPartition> partitions) {
        try {
            return new LogOffsets(admin).earliestLocal(partitions);
        } catch (KafkaException e) {
            return Map.of();
        }
    }

    /** The largest replica of each, since one may still be catching up. */
    private static Map<TopicPartition, Long> sizes(Admin admin, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> sizes = new HashMap<>();
        try {
            List<Integer> brokers = Clients.await(admin.describeCluster().nodes()).stream()
                    .map(Node::id)
                    .toList();
            for (Map<String, LogDirDescription> directories : Clients.await(
                            admin.describeLogDirs(brokers).allDescriptions())
                    .values()) {
                for (LogDirDescription directory : directories.values()) {
                    directory.replicaInfos().forEach((partition, replica) -> {
                        if (partitions.contains(partition) && !replica.isFuture()) {
                            sizes.merge(partition, replica.size(), Long::max);
                        }
                    });
                }
            }
        } catch (KafkaException e) {
            return Map.of();
        }
        return sizes;
    }
}
