package io.rolecall.detection.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Evaluations;
import io.rolecall.detection.LineFacts;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.HeldPermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HeldPermissionsTest {

    private static final List<AppEvent> FACTS = LineFacts.of(
            "+1d, by: admin, do: assign-app-role, role: Mail.Read",
            "+3d, by: admin, do: remove-app-role, role: Mail.Read",
            "+5d, by: admin, do: assign-app-role, role: MAIL.READ",
            "+6d, by: admin, do: remove-app-role, role: Mail.Read",
            "+2d, by: admin, do: add-delegated-grant, scopes: Files.ReadWrite, for: everybody",
            "+4d, by: admin, do: remove-app-role, role: Directory.ReadWrite.All");

    private static List<HeldPermission> merged(List<AppEvent> facts) {
        List<HeldPermission> held = List.of();
        for (AppEvent fact : facts) {
            held = HeldPermissions.merge(held, fact, Evaluations.SETS);
        }
        return held;
    }

    @Property(tries = 200)
    void any_order_with_any_duplicates_gives_the_same(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> shuffled = new ArrayList<>(FACTS);
        shuffled.addAll(FACTS.subList(0, random.nextInt(FACTS.size())));
        Collections.shuffle(shuffled, random);

        // When
        List<HeldPermission> held = merged(shuffled);

        // Then
        assertThat(held).hasSize(3).isEqualTo(merged(FACTS));
    }

    @Test
    void what_failed_and_what_is_in_no_set_leaves_no_trace() {
        // Given
        List<AppEvent> facts = LineFacts.of(
                "+1d, by: admin, do: assign-app-role, role: Mail.Read, failure: refused",
                "+1d, by: admin, do: assign-app-role, role: User.Read.All");

        // When
        List<HeldPermission> held = merged(facts);

        // Then
        assertThat(held).isEmpty();
    }

    @Test
    void one_permission_takes_few_bytes() throws java.io.IOException {
        // Given
        List<HeldPermission> held = merged(FACTS.subList(0, 1));

        // When
        int bytes = held.get(0).toByteBuffer().remaining();

        // Then
        assertThat(bytes).isLessThanOrEqualTo(24);
    }
}
