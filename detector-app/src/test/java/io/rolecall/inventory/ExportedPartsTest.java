package io.rolecall.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.ExportedCredential;
import io.rolecall.schema.ExportedOwner;
import io.rolecall.schema.ExportedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What several exports state of one object comes together in any order. */
class ExportedPartsTest {

    private static final long FIRST = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private static ExportedState random(Random random) {
        ExportedState.Builder state = ExportedState.newBuilder();
        if (random.nextBoolean()) {
            state.setEnabledAt(at(random)).setEnabled(random.nextBoolean());
        }
        if (random.nextBoolean()) {
            state.setCredentialsAt(at(random)).setCredentials(credentials(random.nextInt(40), random.nextInt(30)));
        }
        if (random.nextBoolean()) {
            state.setOwnersAt(at(random))
                    .setOwners(List.of(ExportedOwner.newBuilder()
                            .setOwnerId("owner-" + random.nextInt(3))
                            .setName("name-" + random.nextInt(2))
                            .build()));
        }
        return state.build();
    }

    private static long at(Random random) {
        return FIRST + random.nextInt(3);
    }

    private static List<ExportedCredential> credentials(int from, int many) {
        return IntStream.range(from, from + many)
                .mapToObj(number -> ExportedCredential.newBuilder()
                        .setKeyId("key-%03d".formatted(number))
                        .setType("secret")
                        .setValidUntil(FIRST + number)
                        .build())
                .toList();
    }

    private static ExportedState together(List<ExportedState> states) {
        Optional<ExportedState> merged = Optional.of(ExportedState.newBuilder().build());
        for (ExportedState state : states) {
            merged = Optional.ofNullable(ExportedParts.merge(merged, Optional.of(state)));
        }
        return merged.orElseThrow();
    }

    @Property(tries = 500)
    void any_order_and_any_copies_give_the_same(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<ExportedState> exports = IntStream.range(0, 1 + random.nextInt(5))
                .mapToObj(number -> random(random))
                .toList();
        List<ExportedState> shuffled = new ArrayList<>(exports);
        exports.stream().filter(export -> random.nextBoolean()).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);

        // When
        ExportedState merged = together(shuffled);

        // Then
        assertThat(merged).isEqualTo(together(exports));
    }

    @Test
    void a_part_that_a_later_export_does_not_hold_stays_with_its_time_and_one_that_it_holds_is_replaced() {
        // Given
        ExportedState whole = ExportedState.newBuilder()
                .setCredentialsAt(FIRST)
                .setCredentials(credentials(1, 2))
                .setOwnersAt(FIRST)
                .setOwners(List.of(ExportedOwner.newBuilder().setOwnerId("ann").build()))
                .build();
        ExportedState later = ExportedState.newBuilder()
                .setCredentialsAt(FIRST + 9)
                .setCredentials(credentials(2, 1))
                .build();

        // When
        ExportedState merged = together(List.of(whole, later));

        // Then
        assertThat(merged.getCredentials()).extracting("keyId").containsExactly("key-002");
        assertThat(merged.getOwners()).extracting("ownerId").containsExactly("ann");
        assertThat(merged.getOwnersAt()).hasValue(FIRST);
    }

    @Test
    void of_more_than_are_kept_it_is_said_that_there_are_more() {
        // Given
        ExportedState many = ExportedState.newBuilder()
                .setCredentialsAt(FIRST)
                .setCredentials(credentials(0, ExportedParts.MOST + 1))
                .build();

        // When
        ExportedState merged = together(List.of(many));

        // Then
        assertThat(merged.getCredentials()).hasSize(ExportedParts.MOST);
        assertThat(merged.getCredentialsCut()).isTrue();
    }
}
