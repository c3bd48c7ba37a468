package io.rolecall.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the shares of a plan together. */
final class Shares {

    private Shares() {}

    /**
     * The whole plan, with the bounds of each partition as its share had them: shares that were planned apart may have seen the ends of
     * the logs at different times.
     *
     * @throws IOException when a share is missing or there twice, or the directories are of different plans
     */
    static Plan merged(List<Path> directories, List<Plan> plans) throws IOException {
        Plan first = plans.get(0);
        Map<Integer, Path> shares = new TreeMap<>();
        List<PlannedPartition> partitions = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            Plan plan = plans.get(i);
            Path directory = directories.get(i);
            if (!sameButForBounds(first, plan)) {
                throw new IOException(directory + " was gathered for another plan than " + directories.get(0)
                        + ": range, topics, partitions, settings and the number of shares have to be the same");
            }
            Path other = shares.put(plan.shard().index(), directory);
            if (other != null) {
                throw new IOException(directory + " and " + other + " both hold share " + plan.shard());
            }
            partitions.addAll(plan.share());
        }
        int count = first.shard().count();
        for (int share = 1; share <= count; share++) {
            if (!shares.containsKey(share)) {
                throw new IOException("share " + share + "/" + count + " is missing: name the directories of all "
                        + count + " shares after --resume");
            }
        }
        Plan ofLive = plans.stream()
                .filter(plan -> plan.shard().isFirst())
                .findFirst()
                .orElseThrow();
        Map<String, Long> reached = reached(ofLive);
        return new Plan(
                first.format(),
                first.from(),
                first.to(),
                first.readFrom(),
                first.applicationId(),
                first.decoding(),
                Shard.WHOLE,
                partitions.stream()
                        .map(partition -> asLiveWas(partition, reached.get(place(partition))))
                        .toList(),
                ofLive.taken());
    }

    /** How far live had come when the first share was planned, which is the one that holds what live said. */
    private static Map<String, Long> reached(Plan ofLive) {
        Map<String, Long> reached = new HashMap<>();
        for (PlannedPartition partition : ofLive.partitions()) {
            Long committed = partition.liveFrom();
            if (committed != null) {
                reached.put(place(partition), committed);
            }
        }
        return reached;
    }

    private static PlannedPartition asLiveWas(PlannedPartition partition, @Nullable Long committed) {
        return committed == null ? partition : partition.withLiveFrom(committed);
    }

    /** What is to be known of shares that were planned apart, in a sentence; empty when they were planned together. */
    static Optional<String> apart(List<Plan> plans) {
        Set<Instant> times = new TreeSet<>();
        plans.forEach(plan -> Optional.ofNullable(plan.taken()).ifPresent(times::add));
        return times.size() < 2
                ? Optional.empty()
                : Optional.of(
                        "the shares were planned from " + List.copyOf(times).get(0) + " to "
                                + List.copyOf(times).get(times.size() - 1)
                                + ": each partition is read to the end that its own share saw");
    }

    private static boolean sameButForBounds(Plan one, Plan other) {
        return one.from().equals(other.from())
                && one.to().equals(other.to())
                && one.readFrom().equals(other.readFrom())
                && one.applicationId().equals(other.applicationId())
                && one.decoding().equals(other.decoding())
                && one.shard().count() == other.shard().count()
                && places(one).equals(places(other));
    }

    private static String places(Plan plan) {
        return plan.partitions().stream().map(Shares::place).collect(Collectors.joining(" "));
    }

    private static String place(PlannedPartition partition) {
        return partition.kind() + " " + partition;
    }
}
