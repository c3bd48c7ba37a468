package io.rolecall.planted.detection.rule;

public final class PlantedRule {

    public static String name() {
        return "rule";
    }
}
