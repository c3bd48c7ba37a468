package io.rolecall.planted.detection;

import io.rolecall.planted.detection.rule.PlantedRule;

public final class Catalogue {

    public static String name() {
        return PlantedRule.name();
    }
}
