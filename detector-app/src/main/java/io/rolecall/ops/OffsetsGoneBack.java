package io.rolecall.ops;

import io.rolecall.ops.GroupInput.Waiting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Notices that the broker has gone back to older offsets of the group than it had confirmed. While the service runs nobody else moves
 * them; a broker that has read only a part of its log after {@code kill -9} does (docs/decisions/standing-still.md), and what it makes
 * the group read again is counted again.
 */
final class OffsetsGoneBack {

    private final Map<TopicPartition, Long> last = new HashMap<>();

    /** Takes what the broker says now, and returns the partitions that it has gone back in, with both offsets. */
    List<String> in(Map<TopicPartition, Waiting> waiting) {
        List<String> back = waiting.entrySet().stream()
                .filter(now -> now.getValue().read() < last.getOrDefault(now.getKey(), 0L))
                .map(now -> now.getKey() + " from " + last.get(now.getKey()) + " to "
                        + now.getValue().read())
                .sorted()
                .toList();
        waiting.forEach((partition, now) -> last.put(partition, now.read()));
        return back;
    }
}
