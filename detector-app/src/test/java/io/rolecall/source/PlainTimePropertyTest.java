package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlainTimePropertyTest {

    @Property(tries = 1_000)
    void a_time_as_logs_write_it_is_read(@ForAll("instants") Instant time) {
        // Given
        String text = time.toString();

        // When
        Instant read = PlainTime.parse(text);

        // Then
        assertThat(read).isEqualTo(time);
    }

    @Property(tries = 5_000)
    void what_is_read_by_hand_is_what_the_text_says(@ForAll("nearlyTimes") String text) {
        // Given
        String local = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;

        // When
        Instant read = PlainTime.parse(text);

        // Then
        if (read != null) {
            assertThat(read).isEqualTo(LocalDateTime.parse(local).toInstant(ZoneOffset.UTC));
        }
        assertThat(EventTimes.parse(text)).isEqualTo(read == null ? EventTimes.parse(' ' + text) : read);
    }

    @Provide
    Arbitrary<Instant> instants() {
        Arbitrary<Long> seconds = Arbitraries.longs().between(0, 4_102_444_800L);
        // With its seconds, also where these are zero: Instant's own text leaves none out.
        return Combinators.combine(seconds, Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<String> nearlyTimes() {
        Arbitrary<String> text = instants().map(Instant::toString);
        Arbitrary<Integer> places = Arbitraries.integers().between(0, 30);
        Arbitrary<String> pieces =
                Arbitraries.of("", "0", "9", "60", "-", ".", ":", "T", "t", "Z", " ", "\u0663", "+01:00");
        return Combinators.combine(text, places, places, pieces).as((time, from, length, piece) -> {
            int at = Math.min(from, time.length());
            int end = Math.min(time.length(), at + length % 4);
            return time.substring(0, at) + piece + time.substring(end);
        });
    }
}
