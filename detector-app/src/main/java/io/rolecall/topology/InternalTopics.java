package io.rolecall.topology;

import io.rolecall.state.Names;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/** The topics that Kafka Streams makes for a topology: a changelog for every store, and what facts are sent through on their way. */
public final class InternalTopics {

    private InternalTopics() {}

    /** Their names on the broker. */
    public static Set<String> of(Topology topology, String applicationId) {
        Set<String> names = new TreeSet<>();
        for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Processor processor) {
                    processor
                            .stores()
                            .forEach(store -> names.add(applicationId + "-" + store + Names.CHANGELOG_SUFFIX));
                } else if (node instanceof TopologyDescription.Source source && source.topicSet() != null) {
                    source.topicSet().stream()
                            .filter(topic -> topic.endsWith(Names.REPARTITION_SUFFIX))
                            .forEach(topic -> names.add(applicationId + "-" + topic));
                }
            }
        }
        return names;
    }
}
