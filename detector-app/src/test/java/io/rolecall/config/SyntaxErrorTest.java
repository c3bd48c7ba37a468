package io.rolecall.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Catalogue;
import io.rolecall.policy.PolicyFile;
import io.rolecall.scenario.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SyntaxErrorTest {

    private static final Catalogue CATALOGUE = Catalogue.shipped();

    /** A text, the line to look at, and what must be said of it. */
    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(
                        "a:\n\tb: 1\n", 2, List.of("'\\t(TAB)' that cannot start any token", "TAB) for indentation")),
                Arguments.of("a: 1\nb: \"never\nc: 2\n", 2, List.of("quoted scalar", "is not closed", "end of stream")),
                Arguments.of("a: 1\nb: 'never\nc: 2\n", 2, List.of("quoted scalar", "is not closed", "end of stream")),
                Arguments.of("a: 1\nb: [1, 2\n", 2, List.of("flow sequence", "expected ',' or ']'")),
                Arguments.of("a:\n  b: 1\n   c: 2\n", 3, List.of("mapping values are not allowed here", "column 5")),
                Arguments.of("a:\n  b: 1\n c: 2\n", 3, List.of("expected <block end>", "block mapping", "line 1")),
                Arguments.of("a: 1\nb: x: y\n", 2, List.of("mapping values are not allowed here")),
                Arguments.of("a: 1\nb: @x\n", 2, List.of("'@' that cannot start any token")),
                Arguments.of("a: 1\nb: \"\\q\"\n", 2, List.of("unknown escape character")),
                Arguments.of("a: 1\nb: x\u0007\n", 2, List.of("YAML does not take the character U+0007")),
                Arguments.of("a: 1\n? [b]\n: c\n", 2, List.of("a key must be a text")),
                Arguments.of("a: 1\nb: *c\n", 2, List.of("aliases are not allowed")),
                Arguments.of("a: 1\nb: 2\na: 3\n", 3, List.of("a: stands here twice")),
                Arguments.of("a: 1\n---\nb: 2\n", 3, List.of("a second document")));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void what_is_no_yaml_is_told_with_its_line_and_the_whole_reason(String text, int line, List<String> reasons) {
        for (List<Problem> problems : everywhere(text)) {
            // Then
            assertThat(problems).anySatisfy(problem -> {
                assertThat(problem.line()).isEqualTo(line);
                assertThat(problem.toString()).contains(reasons).doesNotContain("\n", "org.yaml", "Exception", "com.");
            });
        }
    }

    @Test
    void a_hint_about_indentation_is_for_tabs_alone() {
        // When
        List<Problem> problems = everywhere("a: @x\n").get(0);

        // Then
        assertThat(problems.get(0).message()).doesNotContain("indentation");
    }

    @Property(tries = 300)
    void whatever_the_text_every_problem_is_one_line_and_lies_within_it(
            @ForAll @StringLength(max = 60) String text, @ForAll("yamlish") String more) {
        // When
        Problems problems = new Problems("file");
        LocatedReader.yaml(text + more, problems);

        // Then
        long lines = (text + more).lines().count() + 1;
        assertThat(thrown(problems)).allSatisfy(problem -> {
            assertThat(problem.toString()).doesNotContain("\n", "org.yaml", "com.fasterxml");
            assertThat(problem.line()).isBetween(0, (int) lines + 1);
        });
    }

    @Provide
    Arbitrary<String> yamlish() {
        return Arbitraries.strings().withChars("ab:- \n\t\"'[]{}#&*!|>%@`,?").ofMaxLength(80);
    }

    /** What the configuration, the policy and the scenarios say of a text. */
    private static List<List<Problem>> everywhere(String text) {
        return List.of(
                problems(() -> ConfigFile.read("file", text, Map.of())),
                problems(() -> PolicyFile.read("file", text, CATALOGUE.parameters())),
                problems(() -> ScenarioFile.read("file", text, path -> new byte[0], CATALOGUE)));
    }

    private static List<Problem> problems(Runnable reading) {
        try {
            reading.run();
        } catch (ConfigurationException e) {
            return e.problems();
        }
        return List.of();
    }

    private static List<Problem> thrown(Problems problems) {
        return new ArrayList<>(problems(problems::throwIfAny));
    }
}
