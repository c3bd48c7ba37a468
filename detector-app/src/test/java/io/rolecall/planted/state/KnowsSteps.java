package io.rolecall.planted.state;

import io.rolecall.planted.topology.PlantedStep;

final class KnowsSteps {

    static String name() {
        return PlantedStep.name();
    }
}
