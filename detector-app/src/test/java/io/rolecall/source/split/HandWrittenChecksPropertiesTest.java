package io.rolecall.source.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.source.EventAddresses;
import io.rolecall.source.Values;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Checks written by hand for speed decide as the patterns that say what is meant. */
class HandWrittenChecksPropertiesTest {

    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern V4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

    @Property(tries = 20_000)
    void a_text_is_a_guid_where_the_pattern_says_so(@ForAll("nearlyGuids") String text) {
        // When
        String guid = Values.guid(text);

        // Then
        assertThat(guid != null).isEqualTo(GUID.matcher(text.strip()).matches() && Values.present(text) != null);
    }

    @Property(tries = 20_000)
    void a_text_is_an_id_where_the_pattern_says_so(@ForAll("nearlyIds") String text) {
        // When
        String id = Values.id(text);

        // Then
        assertThat(id != null).isEqualTo(ID.matcher(text.strip()).matches() && Values.present(text) != null);
    }

    @Property(tries = 50_000)
    void a_text_of_digits_and_dots_is_an_address_where_the_pattern_says_so(@ForAll("nearlyAddresses") String text) {
        // When
        String address = EventAddresses.normalise(text);

        // Then
        assertThat(address).isEqualTo(V4.matcher(text).matches() ? text : null);
    }

    @Provide
    Arbitrary<String> nearlyGuids() {
        Arbitrary<String> hex =
                Arbitraries.strings().withChars("0123456789abcdefABCDEFg-").ofLength(8);
        Arbitrary<String> whole = Arbitraries.create(() -> "9f2c1A7e-0b3d-4e5f-8a6b-7c8d9e0f1a2b");
        Arbitrary<Integer> at = Arbitraries.integers().between(0, 35);
        Arbitrary<String> spoilt = net.jqwik.api.Combinators.combine(
                        whole, at, Arbitraries.strings().ofMaxLength(2))
                .as((guid, index, in) -> guid.substring(0, index) + in + guid.substring(Math.min(36, index + 1)));
        return Arbitraries.oneOf(hex, whole, spoilt);
    }

    @Provide
    Arbitrary<String> nearlyIds() {
        return Arbitraries.strings().withChars("aZ09._-/ \u00e9").ofMaxLength(130);
    }

    @Provide
    Arbitrary<String> nearlyAddresses() {
        Arbitrary<String> group = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 300).map(String::valueOf),
                Arbitraries.strings().withChars("0123456789").ofMaxLength(4));
        return group.list().ofMinSize(2).ofMaxSize(5).map(groups -> String.join(".", groups));
    }
}
