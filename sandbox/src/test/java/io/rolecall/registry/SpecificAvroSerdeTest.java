package io.rolecall.registry;

import java.util.Map;
import org.junit.jupiter.api.Tag;

/**
 * Confluent's own serde. Runs in the profile {@code confluent}, which fetches it from Confluent's repository:
 * {@code mvn -Pconfluent -pl sandbox -am verify}.
 */
@Tag("confluent")
class SpecificAvroSerdeTest extends SerdeRoundTrips {

    @Override
    Map<String, String> properties(String registryUrl) {
        return Map.of(
                "schema.registry.url",
                registryUrl,
                "serde.class",
                "io.confluent.kafka.streams.serdes.avro.SpecificAvroSerde");
    }
}
