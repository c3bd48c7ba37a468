package io.rolecall.inprocess;

import io.rolecall.config.DetectorConfig;
import io.rolecall.state.SourceTopic;
import io.rolecall.topology.DetectorTopology;
import io.rolecall.topology.Sources;
import java.util.List;
import java.util.stream.Stream;

/** The one topic that a run in this process is fed through. What is fed is processed before anything else happens. */
record FedTopic(List<SourceTopic> rawLogs, List<SourceTopic> all) implements Sources {

    private static final String ID = "-";

    static FedTopic of(DetectorConfig config) {
        List<SourceTopic> fed = List.of(SourceTopic.ofLogs(config.topics().entraAudit(), ID, 1));
        Stream<SourceTopic> between =
                DetectorTopology.betweenSteps(config).stream().map(name -> SourceTopic.betweenSteps(name, ID, 1));
        return new FedTopic(fed, Stream.concat(fed.stream(), between).toList());
    }

    @Override
    public boolean isReadToEnd(SourceTopic topic, int partition, long lastOffset) {
        return true;
    }

    @Override
    public void opened(List<SourceTopic> topics, int partition) {
        // Nothing is fetched ahead.
    }
}
