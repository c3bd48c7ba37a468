package io.rolecall.detection.read;

import static io.rolecall.detection.LineFacts.days;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.LineFacts;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.TenancyChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TenanciesTest {

    private static final List<AppEvent> FLIPS = LineFacts.of(IntStream.range(0, 12)
            .mapToObj(day -> "+" + day + "d, by: admin, do: update-application, tenancy: "
                    + (day % 2 == 0 ? "multi, was: single" : "single, was: multi"))
            .toArray(String[]::new));

    private static List<TenancyChange> merged(List<AppEvent> facts) {
        List<TenancyChange> changes = List.of();
        for (AppEvent fact : facts) {
            changes = Tenancies.merge(changes, fact);
        }
        return changes;
    }

    @Property(tries = 200)
    void the_latest_changes_stay_in_any_order_with_any_duplicates(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> shuffled = new ArrayList<>(FLIPS);
        shuffled.addAll(FLIPS.subList(0, random.nextInt(FLIPS.size())));
        Collections.shuffle(shuffled, random);

        // When
        List<TenancyChange> changes = merged(shuffled);

        // Then
        assertThat(changes).hasSize(Tenancies.MOST).isEqualTo(merged(FLIPS));
        assertThat(changes.get(changes.size() - 1).getAt()).isEqualTo(days(11).getEpochSecond());
    }

    @Test
    void an_update_that_fails_or_leaves_the_tenancy_alone_changes_nothing() {
        // Given
        List<AppEvent> facts = LineFacts.of(
                "+0d, by: admin, do: update-application, tenancy: multi, was: single, failure: refused",
                "+1d, by: admin, do: register-application",
                "+2d, by: admin, do: add-credential");

        // When
        List<TenancyChange> changes = merged(facts);

        // Then
        assertThat(changes).isEmpty();
    }
}
