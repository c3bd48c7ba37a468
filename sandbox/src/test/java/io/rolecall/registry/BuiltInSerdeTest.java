package io.rolecall.registry;

import java.util.Map;

class BuiltInSerdeTest extends SerdeRoundTrips {

    @Override
    Map<String, String> properties(String registryUrl) {
        return Map.of("schema.registry.url", registryUrl);
    }
}
