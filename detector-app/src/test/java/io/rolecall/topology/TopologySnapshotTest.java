package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.inprocess.InProcessProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names of stores and internal topics are those of running installations. Whoever changes this snapshot changes them: rename
 * nothing that holds state.
 */
class TopologySnapshotTest {

    @Test
    void the_topology_is_the_reviewed_one(@TempDir Path directory) throws IOException {
        // Given
        StreamsConfig properties = new StreamsConfig(InProcessProperties.of(DetectorConfig.DEFAULT, directory));

        // When
        String description = new DetectorTopology(
                        DetectorConfig.DEFAULT,
                        Catalogue.shipped(),
                        DetectorHarness.policy(),
                        "live",
                        TopicSerdes.plain(),
                        DetectorObserver.NONE)
                .build(properties)
                .describe()
                .toString();

        // Then
        assertThat(description.strip()).isEqualTo(snapshot().strip());
    }

    private static String snapshot() throws IOException {
        try (InputStream in = TopologySnapshotTest.class.getResourceAsStream("/topology.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
