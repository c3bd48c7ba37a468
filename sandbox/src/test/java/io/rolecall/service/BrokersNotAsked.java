package io.rolecall.service;

import io.rolecall.state.SourceTopic;
import io.rolecall.topology.Sources;
import java.util.List;

/** Nobody asks the brokers for the topics of raw logs: nothing is late, and nothing expires. */
record BrokersNotAsked() implements Sources {

    @Override
    public List<SourceTopic> rawLogs() {
        return List.of();
    }

    @Override
    public List<SourceTopic> all() {
        return List.of();
    }

    @Override
    public boolean isReadToEnd(SourceTopic topic, int partition, long lastOffset) {
        return false;
    }

    @Override
    public void opened(List<SourceTopic> topics, int partition) {
        // Nobody asks.
    }
}
