package io.rolecall.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Condition;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Reads;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** No condition of a detection is there for nothing: when it is taken for met, some shipped scenario comes out wrong. */
class ConditionsDecideTest {

    private static final String ASSUMED = "assumed.";

    /** A detection that takes conditions for met, and remembers which it asked, by place: a name may tell a setting. */
    private static final class Assuming implements Detection {

        private final Detection real;
        private final Set<String> assumed;
        private final Map<Integer, Set<String>> asked = new TreeMap<>();
        private boolean mattered;

        private Assuming(Detection real, Set<String> assumed) {
            this.real = real;
            this.assumed = assumed;
        }

        @Override
        public String id() {
            return real.id();
        }

        @Override
        public Set<SubjectKind> subjects() {
            return real.subjects();
        }

        @Override
        public Reads reads() {
            return real.reads();
        }

        @Override
        public List<Param<?>> parameters() {
            return real.parameters();
        }

        @Override
        public Evaluation evaluate(DetectionInput in) {
            Evaluation evaluation = real.evaluate(in.assuming(assumed));
            for (int place = 0; place < evaluation.conditions().size(); place++) {
                Condition condition = evaluation.conditions().get(place);
                asked.computeIfAbsent(place, key -> new TreeSet<>()).add(condition.name());
                mattered |= condition.because().equals(ASSUMED);
            }
            return evaluation;
        }
    }

    @TestFactory
    Stream<DynamicTest> a_condition_that_is_taken_for_met_turns_a_shipped_case_red() throws IOException {
        Catalogue shipped = Catalogue.shipped();
        return ShippedScenarios.all(shipped).stream()
                .collect(Collectors.groupingBy(Scenario::detection))
                .entrySet()
                .stream()
                .map(all -> DynamicTest.dynamicTest(all.getKey(), () -> {
                    // Given
                    List<Scenario.Case> cases = all.getValue().stream()
                            .flatMap(scenario -> scenario.cases().stream())
                            .map(ConditionsDecideTest::inOrder)
                            .toList();
                    Assuming nothing = assuming(shipped, all.getKey(), Set.of());
                    cases.forEach(one -> comesOut(shipped, nothing, one));

                    // When
                    List<Set<String>> forNothing = nothing.asked.values().stream()
                            .filter(condition -> decidesNothing(shipped, nothing.id(), condition, cases))
                            .toList();

                    // Then
                    assertThat(forNothing)
                            .as("conditions without a silent case that differs from a firing one in them alone")
                            .isEmpty();
                }));
    }

    private static Scenario.Case inOrder(Scenario.Case one) {
        return new Scenario.Case(
                one.name(),
                one.line(),
                one.networks(),
                one.policy(),
                one.events(),
                List.of(Delivery.IN_ORDER),
                one.expect(),
                one.only());
    }

    private static Assuming assuming(Catalogue shipped, String detection, Set<String> assumed) {
        return new Assuming(shipped.byId(detection).orElseThrow(), assumed);
    }

    /** A condition that is only told, and that there is a candidate at all, cannot be taken for met. */
    private static boolean decidesNothing(
            Catalogue shipped, String detection, Set<String> condition, List<Scenario.Case> cases) {
        Assuming assuming = assuming(shipped, detection, condition);
        boolean green = cases.stream().allMatch(one -> comesOut(shipped, assuming, one));
        return green && assuming.mattered;
    }

    private static boolean comesOut(Catalogue shipped, Assuming assuming, Scenario.Case one) {
        Catalogue catalogue = Catalogue.of(
                shipped.all().stream()
                        .map(detection -> detection.id().equals(assuming.id()) ? assuming : detection)
                        .toList(),
                id -> shipped.page(shipped.byId(id).orElseThrow()));
        try {
            return new ScenarioRunner(DetectorConfig.DEFAULT, catalogue)
                    .run(assuming.id(), one)
                    .ok();
        } catch (RuntimeException fallsOver) {
            return false; // what only the condition makes sure of is missing
        }
    }
}
