package io.rolecall.planted.topology;

public final class PlantedStep {

    public static String name() {
        return "step";
    }
}
