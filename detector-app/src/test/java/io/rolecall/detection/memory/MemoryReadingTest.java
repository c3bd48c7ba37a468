package io.rolecall.detection.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Operations;
import io.rolecall.schema.Activity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.Registration;
import io.rolecall.schema.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryReadingTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static AppEvent.Builder event(String source, String operation) {
        return AppEvent.newBuilder()
                .setEventId("one")
                .setSource(source)
                .setEnvelope("diagnostic")
                .setOperation(operation)
                .setRawOperation(operation)
                .setEventTime(START)
                .setTenantId("unknown")
                .setOutcome("success")
                .setActor(Actor.newBuilder()
                        .setType("application")
                        .setIp("198.51.100.7")
                        .setOtherIps(List.of("2001:db8:1:2::3", "198.51.100.9"))
                        .build())
                .setPosition("test/0/0/0");
    }

    private static AppEvent signIn(String source, SignIn.Builder details) {
        return event(source, Operations.SIGN_IN).setDetails(details.build()).build();
    }

    private static FirstUse use(String value, int hours, LocalDate... days) {
        return new FirstUse(value, START.plus(Duration.ofHours(hours)), "event-" + value, new TreeSet<>(List.of(days)));
    }

    @Test
    void a_baseline_is_reached_after_its_fifth_event_its_third_day_and_fourteen_days() {
        // Given
        Instant fourteenDays = START.plus(Duration.ofDays(14));
        Baseline early = new Baseline(
                Optional.of(START),
                Optional.of("one"),
                Optional.of(START.plusSeconds(5)),
                Optional.of(START.plusSeconds(6)));
        Baseline slow = new Baseline(
                Optional.of(START), Optional.of("one"), Optional.of(fourteenDays), Optional.of(fourteenDays));
        Baseline few = new Baseline(Optional.of(START), Optional.of("one"), Optional.empty(), Optional.of(START));

        // Then: fourteen days are included, and an event is not before itself
        assertThat(early.reachedAt()).contains(fourteenDays);
        assertThat(early.isReachedBefore(fourteenDays.minusNanos(1))).isFalse();
        assertThat(early.isReachedBefore(fourteenDays)).isTrue();
        assertThat(slow.isReachedBefore(fourteenDays)).isFalse();
        assertThat(slow.isReachedBefore(fourteenDays.plusNanos(1))).isTrue();
        assertThat(few.reachedAt()).isEmpty();
        assertThat(few.isReachedBefore(Instant.MAX.minusSeconds(1))).isFalse();
    }

    @Test
    void an_event_tells_its_values() {
        // Given
        AppEvent event = signIn(
                "entra-sign-in",
                SignIn.newBuilder()
                        .setKind("service-principal")
                        .setCountry("de")
                        .setAsn(64500L)
                        .setCredentialType("ClientSecret")
                        .setResourceName("Microsoft Graph"));
        AppEvent bare = signIn("entra-sign-in", SignIn.newBuilder().setKind("service-principal"));

        // Then
        assertThat(Dimension.COUNTRY.of(event)).containsExactly("DE");
        assertThat(Dimension.NETWORK.of(event)).containsExactly("198.51.100.0/24", "2001:db8:1::/48");
        assertThat(Dimension.AUTONOMOUS_SYSTEM.of(event)).containsExactly("AS64500");
        assertThat(Dimension.CREDENTIAL_TYPE.of(event)).containsExactly("clientsecret");
        assertThat(Dimension.RESOURCE.of(event)).containsExactly("microsoft graph");
        assertThat(Dimension.MAILBOX.of(event)).isEmpty();
        assertThat(Dimension.AUTONOMOUS_SYSTEM.of(bare)).containsExactly(Dimension.NONE);
        assertThat(Dimension.COUNTRY.of(bare)).isEmpty();
    }

    @Test
    void a_long_value_is_remembered_by_its_hash() {
        // Given
        AppEvent event = signIn(
                "entra-sign-in",
                SignIn.newBuilder().setKind("service-principal").setResourceName("x".repeat(10_000)));

        // Then
        assertThat(Dimension.RESOURCE.of(event))
                .singleElement()
                .satisfies(value -> assertThat(value).startsWith("sha256:").hasSize(71));
    }

    @Test
    void each_kind_of_event_has_a_source_and_each_log_of_user_sign_ins_its_own() {
        // Given
        SignIn.Builder user = SignIn.newBuilder().setKind("non-interactive");

        // Then
        assertThat(ActivitySource.of(signIn("entra-sign-in", user))).contains(ActivitySource.USER_SIGN_INS);
        assertThat(ActivitySource.of(signIn("m365-audit", user))).contains(ActivitySource.UNIFIED_USER_SIGN_INS);
        assertThat(ActivitySource.of(event("entra-audit", "update-application")
                        .setDetails(Registration.newBuilder().build())
                        .build()))
                .contains(ActivitySource.OTHER_ACTS);
        assertThat(ActivitySource.of(event("entra-audit", "add-service-principal-credentials")
                        .setDetails(CredentialChange.newBuilder().build())
                        .build()))
                .contains(ActivitySource.OTHER_ACTS);
        assertThat(ActivitySource.of(event("azure-activity", Operations.AZURE_ROLE_ASSIGNMENT)
                        .setDetails(Activity.newBuilder().build())
                        .build()))
                .contains(ActivitySource.OTHER_ACTS);
        assertThat(ActivitySource.of(event("inventory", "add-application").build()))
                .isEmpty();
        assertThat(ActivitySource.of(
                        event("entra-sign-in", Operations.ACTOR_ADDRESS).build()))
                .isEmpty();
    }

    @Test
    void sources_together_know_only_what_each_of_them_knows() {
        // Given: of the second, nothing is known of values used after the sixty-fourth
        FirstUses one = new FirstUses(List.of(use("A", 1), use("B", 200)), false);
        List<FirstUse> many = new ArrayList<>();
        IntStream.range(0, 63).forEach(i -> many.add(use("V" + i, 3 + i)));
        many.add(use("A", 100));
        FirstUses full = new FirstUses(many, true);

        // When
        FirstUses together = FirstUses.united(List.of(one, full));

        // Then
        assertThat(together.of("A").map(FirstUse::at)).contains(START.plus(Duration.ofHours(1)));
        assertThat(together.isFirst("B", "event-B").state()).isEqualTo(MemoryAnswer.State.UNKNOWN);
        assertThat(together.full()).isTrue();
        assertThat(together.uses()).hasSize(64);
    }

    @Test
    void days_of_a_full_dimension_are_known_until_its_last_value_came() {
        // Given
        LocalDate first = FirstUses.day(START);
        List<FirstUse> uses = List.of(use("A", 0, first), use("B", 48));
        FirstUses open = new FirstUses(uses, false);
        FirstUses full = new FirstUses(uses, true);

        // Then
        assertThat(open.isSeen("A", first, first.plusDays(9)).state()).isEqualTo(MemoryAnswer.State.YES);
        assertThat(open.isSeen("A", first.plusDays(1), first.plusDays(9)).state())
                .isEqualTo(MemoryAnswer.State.NO);
        assertThat(full.isSeen("A", first, first.plusDays(9)).state()).isEqualTo(MemoryAnswer.State.YES);
        assertThat(full.isSeen("A", first.plusDays(1), first.plusDays(9)).state())
                .isEqualTo(MemoryAnswer.State.UNKNOWN);
        assertThat(full.isSeen("A", first.plusDays(1), first.plusDays(1)).state())
                .isEqualTo(MemoryAnswer.State.NO);
    }

    @Test
    void needs_of_one_source_are_united() {
        // Given
        BaselineNeed one = BaselineNeed.of(ActivitySource.MAIL_USE, Dimension.MAILBOX);
        BaselineNeed other =
                BaselineNeed.of(ActivitySource.MAIL_USE, Dimension.NETWORK).withCounts();

        // Then
        assertThat(one.and(other))
                .isEqualTo(BaselineNeed.of(ActivitySource.MAIL_USE, Dimension.MAILBOX, Dimension.NETWORK)
                        .withCounts());
        assertThat(one.dimensions()).containsExactly(Dimension.MAILBOX);
    }
}
