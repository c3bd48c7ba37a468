package io.rolecall.detection.read;

import static io.rolecall.detection.Events.OFFICE;
import static io.rolecall.detection.Events.days;
import static io.rolecall.detection.Events.failed;
import static io.rolecall.detection.Events.flip;
import static io.rolecall.detection.Events.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Events;
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

    private static final List<AppEvent> FLIPS = IntStream.range(0, 12)
            .mapToObj(day -> flip(days(day), day % 2 == 0 ? "multi" : "single", user("admin", OFFICE)))
            .toList();

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
        List<AppEvent> facts = List.of(
                failed(FLIPS.get(0)),
                Events.registration(days(1), "single", user("admin", OFFICE)),
                Events.secret("key", days(2), user("admin", OFFICE)));

        // When
        List<TenancyChange> changes = merged(facts);

        // Then
        assertThat(changes).isEmpty();
    }
}
