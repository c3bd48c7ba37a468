package io.rolecall.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Copy;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ActMergeTest {

    private static final String CORRELATION = "ed53faec-49b5-444f-b6af-b928558ca433";
    private static final String KEY = "59eaeebc-8a6b-44a6-9f24-7d55e64420c9";

    private static AppEvent.Builder copy(String source, String envelope, String eventId, String time) {
        return AppEvent.newBuilder()
                .setEventId(eventId)
                .setSource(source)
                .setEnvelope(envelope)
                .setOperation(Operations.UPDATE_APPLICATION_CREDENTIALS)
                .setRawOperation("Update application – Certificates and secrets management ")
                .setEventTime(Instant.parse(time))
                .setTenantId("75243ab2-44f8-435c-a7a6-b479385df6d4")
                .setCorrelationId(CORRELATION)
                .setOutcome("success")
                .setAppObjectId("11b49e19-2326-4be6-93cb-7f37439bbd81")
                .setActor(Actor.newBuilder()
                        .setType("user")
                        .setName("admin@contoso.com")
                        .build())
                .setDetails(new CredentialChange(
                        List.of(Credential.newBuilder().setKeyId(KEY).build()), List.of()))
                .setPosition(eventId + "/0");
    }

    private static AppEvent entra() {
        return copy("entra-audit", "diagnostic", "Directory_1", "2026-03-01T10:00:00.1234567Z")
                .build();
    }

    private static AppEvent unified() {
        return copy("m365-audit", "unified-audit", "u-1", "2026-03-01T10:00:00Z")
                .setAppId("5f91ce94-4cc5-4ebe-aeb6-f074e57201bb")
                .build();
    }

    @Test
    void copies_of_one_act_in_two_logs_are_one_act() {
        // When
        List<String> ids = List.of(Acts.id(entra()), Acts.id(unified()));

        // Then
        assertThat(ids.get(0)).isEqualTo(ids.get(1)).hasSize(32);
    }

    @Test
    void present_beats_absent_and_the_entra_log_gives_the_time() {
        // When
        AppEvent merged = ActMerge.merged(List.of(unified(), entra()));

        // Then
        assertThat(merged.getEventTime()).isEqualTo(entra().getEventTime());
        assertThat(merged.getEventId()).isEqualTo("Directory_1");
        assertThat(merged.getAppId()).isEqualTo(unified().getAppId());
        assertThat(merged.getAlsoSeenAs()).containsExactly(new Copy("u-1", "m365-audit", "u-1/0"));
    }

    @Test
    void a_failure_is_another_act_than_the_success_that_follows() {
        // Given
        AppEvent failure = copy("entra-audit", "diagnostic", "Directory_0", "2026-03-01T10:00:00Z")
                .setOutcome("failure")
                .build();

        // When
        String id = Acts.id(failure);

        // Then
        assertThat(id).isNotEqualTo(Acts.id(entra()));
    }

    @Test
    void acts_without_a_correlation_id_are_told_apart_by_their_event_id() {
        // Given
        AppEvent one = copy("entra-audit", "diagnostic", "a", "2026-03-01T10:00:00Z")
                .setCorrelationId(null)
                .build();
        AppEvent two = copy("entra-audit", "diagnostic", "b", "2026-03-01T10:00:00Z")
                .setCorrelationId(null)
                .build();

        // When
        List<String> ids = List.of(Acts.id(one), Acts.id(two));

        // Then
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Property(tries = 500)
    void the_merged_act_depends_on_the_set_of_copies_alone(@ForAll("copies") List<AppEvent> copies, @ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> shuffled = new ArrayList<>(copies);
        shuffled.add(copies.get(random.nextInt(copies.size())));
        Collections.shuffle(shuffled, random);

        // When
        AppEvent inOrder = ActMerge.merged(addAll(copies));
        AppEvent inAnotherOrder = ActMerge.merged(addAll(shuffled));

        // Then
        assertThat(inAnotherOrder).isEqualTo(inOrder);
    }

    @Property(tries = 200)
    void a_copy_that_is_known_changes_nothing(@ForAll("copies") List<AppEvent> copies) {
        // Given
        List<AppEvent> known = addAll(copies);

        // When
        List<AppEvent> again = known;
        for (AppEvent copy : known) {
            again = ActMerge.add(again, copy);
        }

        // Then
        assertThat(again).isEqualTo(known);
    }

    private static List<AppEvent> addAll(List<AppEvent> copies) {
        List<AppEvent> known = List.of();
        for (AppEvent copy : copies) {
            known = ActMerge.add(known, copy);
        }
        return known;
    }

    /** Up to twelve copies of one act that differ in every way in which logs differ; more than are kept. */
    @Provide
    Arbitrary<List<AppEvent>> copies() {
        Arbitrary<String> text = Arbitraries.of("a", "b", "c");
        return Combinators.combine(
                        Arbitraries.of("entra-audit", "m365-audit"),
                        Arbitraries.of("diagnostic", "graph", "log-analytics"),
                        Arbitraries.integers().between(0, 3),
                        text.injectNull(0.5),
                        text.injectNull(0.5),
                        text.injectNull(0.5))
                .as((source, envelope, second, appId, name, ip) -> copy(
                                source, envelope, source + envelope + second, "2026-03-01T10:00:0" + second + "Z")
                        .setAppId(appId)
                        .setAppDisplayName(name)
                        .setActor(Actor.newBuilder()
                                .setType("user")
                                .setId(name)
                                .setIp(ip)
                                .build())
                        .build())
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }
}
