package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Subject;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class ApplicationNamesPropertiesTest {

    private static final String TENANT = "0f7c1c4e-4d3a-4a39-8f6a-7d9a5b1f2c11";
    private static final List<String> TEXTS =
            List.of("Payroll Sync", "PAYROLL SYNC", "payroll", "Straße", "STRASSE", guid(70), guid(71), guid(90));

    /** A profile as some fact leaves it. */
    private record Written(
            int number,
            boolean standIn,
            @Nullable String name,
            @Nullable String objectId,
            @Nullable String principal,
            boolean moved,
            boolean deleted) {

        Subject subject() {
            return standIn ? Subject.unresolved(TENANT, guid(70 + number)) : Subject.application(TENANT, guid(number));
        }

        SubjectProfile profile() {
            return SubjectProfile.newBuilder()
                    .setFirstSeen(Instant.EPOCH)
                    .setLastSeen(Instant.EPOCH)
                    .setDisplayName(name)
                    .setAppObjectId(objectId)
                    .setServicePrincipalId(principal)
                    .setMovedTo(moved ? guid(99) : null)
                    .build();
        }

        boolean isCalled(String text) {
            return !moved
                    && (text.equalsIgnoreCase(name)
                            || text.equalsIgnoreCase(objectId)
                            || text.equalsIgnoreCase(principal)
                            || (standIn && text.equals(guid(70 + number))));
        }
    }

    private static String guid(int number) {
        return "00000000-0000-0000-0000-0000000000%02d".formatted(number);
    }

    @Provide
    Arbitrary<Written> profiles() {
        Arbitrary<String> texts = Arbitraries.of(TEXTS).injectNull(0.4);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(true, false),
                        texts,
                        texts,
                        texts,
                        Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true)),
                        Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true)))
                .as(Written::new);
    }

    @Property
    void what_is_found_is_what_reading_every_profile_would_find(
            @ForAll @Size(max = 25) List<@From("profiles") Written> writes) {
        // Given
        ProfileStore profiles = new ProfileStore(new EntryStore(new BoundedReads(20)));
        Map<Subject, Written> kept = new HashMap<>();
        for (Written written : writes) {
            Optional<SubjectProfile> known = profiles.get(written.subject());
            if (written.deleted()) {
                known.ifPresent(profile -> profiles.delete(written.subject(), profile));
                kept.remove(written.subject());
            } else {
                profiles.put(written.subject(), known, written.profile());
                kept.put(written.subject(), written);
            }
        }

        for (String text : TEXTS) {
            // When
            List<Subject> found = new ApplicationLookup(profiles).byIdOrName(text);

            // Then
            assertThat(found)
                    .as(text)
                    .containsExactlyInAnyOrderElementsOf(kept.values().stream()
                            .filter(written -> written.isCalled(text))
                            .map(Written::subject)
                            .toList());
        }
    }

    @Example
    void a_question_costs_what_it_finds_among_however_many_applications() {
        // Given
        BoundedReads entries = new BoundedReads(2);
        ProfileStore writing = new ProfileStore(new EntryStore(entries));
        IntStream.range(0, 2_000).forEach(number -> {
            Subject subject = Subject.application(TENANT, "00000000-0000-0000-0000-00000000" + (1000 + number));
            SubjectProfile profile = SubjectProfile.newBuilder()
                    .setFirstSeen(Instant.EPOCH)
                    .setLastSeen(Instant.EPOCH)
                    .setDisplayName("Application " + number)
                    .setServicePrincipalId("00000000-0000-0000-0001-00000000" + (1000 + number))
                    .build();
            writing.put(subject, Optional.empty(), profile);
        });
        EntryStore read = new EntryStore(entries);
        ApplicationLookup lookup = new ApplicationLookup(new ProfileStore(read));

        // When
        List<Subject> byName = lookup.byIdOrName("APPLICATION 1234");
        List<Subject> byPrincipal = lookup.byIdOrName("00000000-0000-0000-0001-000000002234");
        List<Subject> byAppId = lookup.byAppId("00000000-0000-0000-0000-000000002234");
        List<Subject> byNothing = lookup.byIdOrName("Application");

        // Then
        assertThat(byName).hasSize(1).isEqualTo(byPrincipal).isEqualTo(byAppId);
        assertThat(byNothing).isEmpty();
        assertThat(read.reads()).isLessThanOrEqualTo(8);
    }
}
