package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.inprocess.InProcessProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names of stores and internal topics are those of running installations. Whoever changes this snapshot changes them: rename
 * nothing that holds state.
 */
class TopologySnapshotTest {

    /** Every record passes a node of each way out of a step: nodes are what an event costs beside its own work. */
    private static final int MOST_PROCESSORS = 40;

    @TempDir
    private Path directory;

    @Test
    void the_topology_is_the_reviewed_one() throws IOException {
        // Given
        Topology topology = topology();

        // When
        String description = topology.describe().toString();

        // Then
        assertThat(description.strip()).isEqualTo(snapshot().strip());
    }

    @Test
    void a_step_needs_few_nodes_beside_itself() {
        // Given
        TopologyDescription description = topology().describe();

        // When
        Stream<TopologyDescription.Node> processors = Stream.concat(
                        description.subtopologies().stream().flatMap(part -> part.nodes().stream()),
                        description.globalStores().stream().map(TopologyDescription.GlobalStore::processor))
                .filter(TopologyDescription.Processor.class::isInstance);

        // Then
        assertThat(processors).hasSizeLessThanOrEqualTo(MOST_PROCESSORS);
    }

    private Topology topology() {
        StreamsConfig properties = new StreamsConfig(InProcessProperties.of(DetectorConfig.DEFAULT, directory));
        return new DetectorTopology(
                        DetectorConfig.DEFAULT,
                        Catalogue.shipped(),
                        DetectorHarness.policy(),
                        "live",
                        TopicSerdes.plain(),
                        DetectorObserver.NONE,
                        new LogsForTests())
                .build(properties);
    }

    private static String snapshot() throws IOException {
        try (InputStream in = TopologySnapshotTest.class.getResourceAsStream("/topology.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
