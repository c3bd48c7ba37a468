package io.rolecall.detection.read;

import static io.rolecall.detection.LineFacts.days;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.LineFacts;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AuthorisedSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AuthorisationsTest {

    private static List<AuthorisedSpan> merged(List<AppEvent> facts) {
        List<AuthorisedSpan> spans = List.of();
        for (AppEvent fact : facts) {
            spans = Authorisations.merge(spans, fact);
        }
        return spans;
    }

    private static List<AppEvent> grantsOn(int... days) {
        List<String> lines = new ArrayList<>();
        for (int day : days) {
            lines.add("+" + day + "d, by: admin, do: assign-app-role, role: Mail.Read");
        }
        return LineFacts.of(lines.toArray(String[]::new));
    }

    @Property(tries = 200)
    void the_spans_are_those_of_the_set_of_times_in_any_order_with_any_duplicates(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> facts = grantsOn(random.ints(8, 0, 400).sorted().toArray());
        List<AppEvent> shuffled = new ArrayList<>(facts);
        shuffled.addAll(facts.subList(0, random.nextInt(facts.size())));
        Collections.shuffle(shuffled, random);

        // When
        List<AuthorisedSpan> spans = merged(shuffled);

        // Then
        assertThat(spans).isEqualTo(merged(facts));
        for (int i = 1; i < spans.size(); i++) {
            assertThat(spans.get(i).getFirst() - spans.get(i - 1).getLast())
                    .isGreaterThan(Authorisations.PAUSE.toSeconds());
        }
    }

    @Test
    void a_time_between_two_spans_joins_them() {
        // When
        List<AuthorisedSpan> apart = merged(grantsOn(0, 31, 90));
        List<AuthorisedSpan> joined = merged(grantsOn(0, 31, 90, 1, 61));

        // Then
        assertThat(apart).hasSize(3);
        assertThat(joined).containsExactly(new AuthorisedSpan(days(0).getEpochSecond(), days(90).getEpochSecond()));
    }

    @Test
    void what_fails_or_authorises_nothing_is_none() {
        // When
        List<AuthorisedSpan> spans = merged(LineFacts.of(
                "+0d, by: admin, do: assign-app-role, role: Mail.Read, failure: refused",
                "+1d, by: admin, do: register-application",
                "+2d, by: admin, do: add-credential"));

        // Then
        assertThat(spans).isEmpty();
    }
}
