package io.rolecall.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BoundedTextTest {

    @Property
    void a_text_fits_and_stays_as_it_is_when_it_did(
            @ForAll String text, @ForAll @IntRange(min = 3, max = 40) int bytes) {
        // Given
        String written = BoundedText.of(text, Integer.MAX_VALUE);

        // When
        String bounded = BoundedText.of(text, bytes);

        // Then
        assertThat(bounded.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(bytes);
        assertThat(bounded.equals(written)).isEqualTo(written.getBytes(StandardCharsets.UTF_8).length <= bytes);
        assertThat(bounded.chars()).noneMatch(Character::isISOControl);
    }
}
