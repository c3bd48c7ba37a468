package io.rolecall.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rolecall.config.ConfigurationException;
import io.rolecall.config.Problem;
import io.rolecall.policy.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionPageTest {

    private static final String MATTER = """
            ---
            title: Directory role given to an application
            severity: medium
            version: 3
            attack: [ persistence/T1098.003, privilege-escalation/T1098.003 ]
            fires: A directory role is given to a service principal.
            harmless: [ "A backup product is set up, under a change" ]
            blind:
              - Roles given before the data begins
            references: [ "https://learn.microsoft.com/entra" ]
            ---
            # directory-role

            ## Why it matters
            """;

    private static List<String> problems(String text) {
        return catchThrowableOfType(
                        ConfigurationException.class, () -> DetectionPage.read("directory-role", "page.md", text))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void the_front_matter_holds_what_the_product_shows_and_the_body_the_rest() {
        // When
        DetectionPage page = DetectionPage.read("directory-role", "page.md", MATTER);

        // Then
        assertThat(page.title()).isEqualTo("Directory role given to an application");
        assertThat(page.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(page.version()).isEqualTo(3);
        assertThat(page.attack())
                .containsExactly(
                        new DetectionPage.AttackTechnique("persistence", "T1098.003"),
                        new DetectionPage.AttackTechnique("privilege-escalation", "T1098.003"));
        assertThat(page.harmless()).containsExactly("A backup product is set up, under a change");
        assertThat(page.blind()).containsExactly("Roles given before the data begins");
        assertThat(page.body()).startsWith("# directory-role\n").endsWith("## Why it matters\n");
    }

    @Test
    void an_unknown_key_is_an_error_at_its_line_that_names_the_nearest() {
        // When
        List<String> problems = problems(MATTER.replace("harmless:", "harmles:"));

        // Then
        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains("page.md:7", "harmles", "harmless"));
    }

    @Test
    void everything_that_is_missing_or_misspelt_is_told_at_once() {
        // When
        List<String> problems = problems(MATTER.replace("severity: medium\n", "")
                .replace("version: 3\n", "")
                .replace("persistence/T1098.003", "T1098.003")
                .replace("  - Roles given before the data begins\n", ""));

        // Then
        assertThat(problems)
                .anySatisfy(problem -> assertThat(problem).contains("severity", "is missing"))
                .anySatisfy(problem -> assertThat(problem).contains("version", "is missing"))
                .anySatisfy(problem -> assertThat(problem).contains("page.md:3", "'T1098.003'"))
                .anySatisfy(problem -> assertThat(problem).contains("blind", "must list at least one"));
    }

    @Test
    void a_page_without_front_matter_is_refused() {
        // When
        List<String> problems = problems("# directory-role\n");

        // Then
        assertThat(problems).singleElement().asString().contains("page.md:1", "front matter");
    }
}
