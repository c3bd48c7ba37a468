package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Subject;
import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StoreKeysTest {

    @Property(tries = 500)
    void a_subject_is_read_back_from_its_key(@ForAll("ids") String tenant, @ForAll("ids") String id) {
        // Given
        Subject subject = Subject.application(tenant, id);

        // When
        byte[] key = StoreKeys.subject(subject);

        // Then
        assertThat(StoreKeys.subject(key)).isEqualTo(subject);
        assertThat(StoreKeys.subjectLength(key)).isEqualTo(key.length);
    }

    @Property(tries = 500)
    void no_subjects_key_is_a_prefix_of_anothers(@ForAll("ids") String one, @ForAll("ids") String two) {
        // Given
        byte[] a = StoreKeys.subject(Subject.actor("tenant", one));
        byte[] b = StoreKeys.subject(Subject.actor("tenant", two));

        // When
        boolean prefix = StoreKeys.startsWith(a, b);

        // Then
        assertThat(prefix).isEqualTo(one.equals(two));
    }

    @Property(tries = 500)
    void keys_of_times_have_the_order_of_times(@ForAll("times") Instant one, @ForAll("times") Instant two) {
        // When
        int order = Arrays.compareUnsigned(StoreKeys.time(one), StoreKeys.time(two));

        // Then
        assertThat(Integer.signum(order)).isEqualTo(Integer.signum(one.compareTo(two)));
        assertThat(StoreKeys.time(StoreKeys.time(one), 0)).isEqualTo(one);
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.longs().map(bits -> new java.util.UUID(bits, ~bits).toString()),
                Arbitraries.of("", "unknown", "75243AB2-44F8-435C-A7A6-B479385DF6D4", "sp:t/1", "sp:t/11"));
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(-4_000_000_000L, 4_000_000_000L)
                .map(seconds -> Instant.ofEpochSecond(seconds, Math.floorMod(seconds * 31, 1_000_000_000)));
    }
}
