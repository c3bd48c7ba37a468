package io.rolecall.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ShippedScenariosTest {

    @TestFactory
    Stream<DynamicTest> every_shipped_case_comes_out_in_every_delivery() throws IOException {
        ScenarioRunner runner = new ScenarioRunner(DetectorConfig.DEFAULT, Catalogue.shipped());
        return ShippedScenarios.all(Catalogue.shipped()).stream().flatMap(scenario -> scenario.cases().stream()
                .map(one -> DynamicTest.dynamicTest(scenario.detection() + ": " + one.name(), () -> assertThat(
                                runner.run(scenario.detection(), one).failures())
                        .isEmpty())));
    }
}
