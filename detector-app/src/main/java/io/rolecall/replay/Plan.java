package io.rolecall.replay;

import io.rolecall.event.Hashes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a replay reads, fixed before it reads anything, so that the same plan always gives the same answer.
 *
 * @param format of the directory
 * @param from alerts whose first event is earlier are not told; facts are
 * @param to alerts whose first event is at this time or later are not told; facts are
 * @param readFrom record time from which raw logs are read
 * @param applicationId the running service, for what is compared with it
 * @param decoding how the facts are decoded
 * @param shard which of the partitions this directory gathers
 * @param partitions all partitions, by kind, topic and number
 * @param taken when it was made; null when it does not say
 */
public record Plan(
        int format,
        Instant from,
        Instant to,
        Instant readFrom,
        String applicationId,
        Decoding decoding,
        Shard shard,
        List<PlannedPartition> partitions,
        @Nullable Instant taken) {

    /** The format that this program writes. */
    public static final int FORMAT = 1;

    private static final int ID_DIGITS = 8;

    private static final Comparator<PlannedPartition> ORDER = Comparator.comparing(PlannedPartition::kind)
            .thenComparing(PlannedPartition::topic)
            .thenComparingInt(PlannedPartition::partition);

    public Plan {
        partitions = partitions.stream().sorted(ORDER).toList();
    }

    /** The partitions of this directory's share. What live says is all in the first share, so that it is of one time. */
    public List<PlannedPartition> share() {
        return IntStream.range(0, partitions.size())
                .filter(place -> partitions.get(place).kind().isOfLive() ? shard.isFirst() : shard.takes(place))
                .mapToObj(partitions::get)
                .toList();
    }

    /** The partitions of one kind, of the whole plan. */
    public List<PlannedPartition> ofKind(SourceKind kind) {
        return partitions.stream().filter(partition -> partition.kind() == kind).toList();
    }

    /** The same plan for another share. */
    public Plan withShard(Shard other) {
        return new Plan(format, from, to, readFrom, applicationId, decoding, other, partitions, taken);
    }

    /** Whether alerts of the running service are compared with. */
    public boolean isAgainstLive() {
        return partitions.stream().anyMatch(partition -> partition.kind() == SourceKind.ALERTS);
    }

    /** Whether incidents of the running service are compared with; not where they could not be read. */
    public boolean hasIncidents() {
        return partitions.stream().anyMatch(partition -> partition.kind() == SourceKind.INCIDENTS);
    }

    /** Whether the alert of a first event at this time is told. */
    public boolean tells(Instant firstEvent) {
        return !firstEvent.isBefore(from) && firstEvent.isBefore(to);
    }

    /** A short name made of what is read; of all shares the same when their bounds are. */
    public String id() {
        StringBuilder text = new StringBuilder()
                .append(from)
                .append(' ')
                .append(to)
                .append(' ')
                .append(readFrom);
        partitions.forEach(partition -> text.append('\n')
                .append(partition)
                .append(' ')
                .append(partition.start())
                .append(' ')
                .append(partition.end()));
        return Hashes.sha256(text.toString()).substring(0, ID_DIGITS);
    }
}
