package io.rolecall.topology;

import io.rolecall.state.SourceTopic;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The topics of raw logs as the brokers have them, and how far this process has fetched them. Safe for use by several threads. */
public interface Sources {

    /** The topics of raw logs; empty while the brokers have not been asked. */
    List<SourceTopic> rawLogs();

    /** The same and the internal topics on which facts may wait; empty while the brokers have not been asked. */
    List<SourceTopic> all();

    /**
     * Whether a partition is read to its end: nothing lies on the brokers that was not fetched, and nothing fetched that was not
     * processed. To be called by the stream thread that reads the partition.
     *
     * @param lastOffset offset of the last record processed since the task was opened; -1 when there is none
     */
    boolean isReadToEnd(SourceTopic topic, int partition, long lastOffset);

    /** A task begins that reads these partitions, of which nothing has been fetched since. To be called by its stream thread. */
    void opened(List<SourceTopic> topics, int partition);

    /** The topic of this name; empty when there is none, or the brokers have not been asked. */
    default Optional<SourceTopic> find(String name) {
        return Stream.concat(rawLogs().stream(), all().stream())
                .filter(topic -> topic.name().equals(name))
                .findFirst();
    }
}
