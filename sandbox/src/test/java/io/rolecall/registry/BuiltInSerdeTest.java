package io.rolecall.registry;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BuiltInSerdeTest extends SerdeRoundTrips {

    @Override
    Map<String, String> properties(String registryUrl) {
        return Map.of("schema.registry.url", registryUrl);
    }
}
