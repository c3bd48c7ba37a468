package io.rolecall.topology;

import io.rolecall.config.DetectorConfig;
import io.rolecall.state.SourceTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Topics of raw logs as a test has them; a partition that it says nothing of is read to its end. */
final class LogsForTests implements Sources {

    private final Map<String, Long> ends = new HashMap<>();
    private List<SourceTopic> rawLogs = DetectorConfig.DEFAULT.topics().rawLogs().stream()
            .map(name -> SourceTopic.ofLogs(name, name + "-id", 1))
            .toList();

    void rawLogs(SourceTopic... topics) {
        rawLogs = List.of(topics);
    }

    /** Records lie on the partition up to this offset. */
    void end(SourceTopic topic, int partition, long lastOffset) {
        ends.put(topic.name() + "/" + partition, lastOffset);
    }

    @Override
    public List<SourceTopic> rawLogs() {
        return rawLogs;
    }

    @Override
    public List<SourceTopic> all() {
        List<SourceTopic> all = new ArrayList<>(rawLogs);
        DetectorTopology.betweenSteps(DetectorConfig.DEFAULT)
                .forEach(name -> all.add(SourceTopic.betweenSteps(name, name + "-id", 1)));
        return all;
    }

    @Override
    public boolean isReadToEnd(SourceTopic topic, int partition, long lastOffset) {
        return ends.getOrDefault(topic.name() + "/" + partition, -1L) <= lastOffset;
    }

    @Override
    public void opened(List<SourceTopic> topics, int partition) {
        // Nothing is fetched ahead.
    }
}
