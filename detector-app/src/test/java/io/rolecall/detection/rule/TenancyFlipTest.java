package io.rolecall.detection.rule;

import static io.rolecall.detection.LineFacts.days;
import static io.rolecall.detection.LineFacts.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Evaluations;
import io.rolecall.detection.MemoryHistory;
import io.rolecall.schema.AppEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What no scenario of {@code tenancy-flip} can say: roles of which only the profile still tells. */
class TenancyFlipTest {

    private static final AppEvent GRANTED = one("+1d, by: admin, do: assign-app-role, role: Mail.Read");
    private static final AppEvent TAKEN = one("+2d, by: admin, do: remove-app-role, role: Mail.Read");
    private static final AppEvent FLIPPED =
            one("+200d, by: mallory, do: update-application, tenancy: multi, was: single");
    private static final AppEvent TAKEN_SINCE = one("+201d, by: admin, do: remove-app-role, role: Mail.Read");

    private static Evaluation of(AppEvent... facts) {
        return Evaluations.of("tenancy-flip").on(new MemoryHistory(List.of(facts), days(160)));
    }

    @Test
    void a_role_of_which_only_the_profile_tells_counts() {
        // When
        Evaluation evaluation = of(GRANTED, FLIPPED);

        // Then
        assertThat(evaluation.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.permissions()).extracting("value").containsExactly("Mail.Read");
            assertThat(finding.decidedBy()).containsExactly(FLIPPED);
        });
    }

    @Test
    void one_that_was_taken_before_the_change_does_not() {
        // When
        Evaluation evaluation = of(GRANTED, TAKEN, FLIPPED);

        // Then
        assertThat(evaluation.findings()).isEmpty();
    }

    @Test
    void one_that_is_taken_after_it_contains_the_finding() {
        // When
        Evaluation evaluation = of(GRANTED, FLIPPED, TAKEN_SINCE);

        // Then
        assertThat(evaluation.findings()).singleElement().satisfies(finding -> assertThat(finding.contained())
                .isTrue());
    }
}
