package io.rolecall.planted.detection;

import io.rolecall.planted.detection.rule.PlantedRule;

final class PicksOneRule {

    static String name() {
        return PlantedRule.name();
    }
}
