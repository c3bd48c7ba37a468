package io.rolecall;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import io.rolecall.event.Operations;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the product to {@link ArchitectureRule}, and each rule to a planted violation, so that none passes by looking away. */
class ArchitectureTest {

    private static final String PRODUCT = "io.rolecall";
    private static final String PLANTED = "io.rolecall.planted";

    private static final JavaClasses PRODUCT_CLASSES = new ClassFileImporter()
            .importUrl(Operations.class.getProtectionDomain().getCodeSource().getLocation());
    private static final JavaClasses TEST_CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/planted/"))
            .importUrl(
                    ArchitectureTest.class.getProtectionDomain().getCodeSource().getLocation());
    private static final JavaClasses PLANTED_CLASSES = new ClassFileImporter().importPackages(PLANTED);

    @ParameterizedTest
    @EnumSource
    void the_product_keeps_the_rule(ArchitectureRule rule) {
        // Given
        var classes = rule.isOfTests() ? TEST_CLASSES : PRODUCT_CLASSES;

        // When
        EvaluationResult result = rule.in(PRODUCT).evaluate(classes);

        // Then
        assertThat(result.getFailureReport().getDetails()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_rule_refuses_what_was_planted_against_it(ArchitectureRule rule) {
        // Given
        var classes = PLANTED_CLASSES;

        // When
        EvaluationResult result = rule.in(PLANTED).evaluate(classes);

        // Then
        String planted =
                switch (rule) {
                    case PURE_CODE_CANNOT_SEE_KAFKA -> "KeepsKafkaBytes";
                    case ONLY_TOPOLOGY_BUILDS_TOPOLOGIES -> "BuildsTopology";
                    case ONLY_CONFIG_AND_THE_CONSOLE_READ_THE_ENVIRONMENT -> "ReadsEnvironment";
                    case ONLY_CONFIG_AND_POLICY_PARSE_YAML -> "ParsesYaml";
                    case PACKAGES_FORM_NO_CYCLE -> "Slice left";
                    case ONLY_MAIN_ENDS_THE_PROCESS -> "EndsProcess";
                    case ONLY_COMMANDS_AND_OPERATIONS_READ_THE_WALL_CLOCK -> "ReadsWallClock";
                    case NO_STATIC_FIELD_CAN_CHANGE -> "CountsInStaticField";
                    case THE_PRODUCT_KNOWS_NO_SANDBOX -> "UsesSandbox";
                    case EVERY_PACKAGE_IS_NULL_MARKED -> "planted.unmarked";
                    case TESTS_ARE_NAMED_AS_SENTENCES -> "namesATestInCamelCase";
                    case DECODERS_KNOW_NO_FILES -> "ReadsFiles";
                    case THE_SPLITTER_KNOWS_NO_EVENT -> "KnowsEvents";
                    case WHAT_IS_STORED_KNOWS_NO_STEP -> "KnowsSteps";
                    case ONLY_IN_PROCESS_DRIVES_A_TOPOLOGY -> "DrivesTopology";
                    case ONLY_THE_CATALOGUE_KNOWS_RULES -> "PicksOneRule";
                    case READING_FACTS_KNOWS_NO_RULE -> "AsksTheCatalogue";
                    case MAKERS_OF_EVENTS_KNOW_NO_READER -> "ReadsWhatItMade";
                    case NAMES_OF_CLASSES_ARE_UNIQUE -> "SameName";
                };
        assertThat(result.getFailureReport().getDetails()).isNotEmpty().allMatch(detail -> detail.contains(planted));
    }

    @Test
    void every_package_that_must_stay_pure_is_there() {
        // Given
        var classes = PRODUCT_CLASSES;

        // When
        Set<String> packages = classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

        // Then
        assertThat(packages)
                .containsAll(ArchitectureRule.PURE.stream()
                        .map(name -> PRODUCT + "." + name)
                        .toList());
    }
}
