package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Interval;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Subject;
import io.rolecall.policy.PermissionSets;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import io.rolecall.state.Names;
import io.rolecall.state.Sighting;
import io.rolecall.state.SubjectStores;
import io.rolecall.state.SubjectWalk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** An application with very many consents costs no more an event than one with a few. */
class CostOfAnEventTest {

    /** Of all detections together; each of them reads at most half as much. */
    private static final long MOST_READS = 2L * SubjectHistory.MOST_FACTS;

    private static final int CONSENTS = 4_000;
    private static final int RESOLVED = 1_000;
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Subject APPLICATION = Subject.application(RawEvents.TENANT, RawEvents.appId("popular"));

    private static AppEvent consent(int user) {
        String id = RawEvents.id("user " + user);
        return AppEvent.newBuilder()
                .setEventId("event-" + user)
                .setSource("entra-audit")
                .setEnvelope("diagnostic")
                .setOperation("consent-to-application")
                .setRawOperation("Consent to application")
                .setEventTime(START.plus(Duration.ofMinutes(user)))
                .setTenantId(RawEvents.TENANT)
                .setCorrelationId(RawEvents.id("click " + user))
                .setOutcome("success")
                .setAppId(APPLICATION.id())
                .setServicePrincipalId(RawEvents.spId("popular"))
                .setActor(Actor.newBuilder()
                        .setType("user")
                        .setId(id)
                        .setName(user + "@contoso.com")
                        .build())
                .setDetails(Consent.newBuilder()
                        .setAdminConsent(false)
                        .setOnBehalfOfAll(false)
                        .setScopes(List.of("Mail.Read", "offline_access"))
                        .build())
                .setPosition("test/0/" + user + "/0")
                .build();
    }

    @Test
    void the_reads_an_event_costs_do_not_grow_with_the_consents() {
        try (DetectorHarness harness = DetectorHarness.ofFiles()) {
            // Given
            SubjectStores stores = harness.detector().stores();
            Evaluator evaluator = evaluator(harness, stores);
            long most = 0;

            // When
            for (int user = 0; user < CONSENTS; user++) {
                long before = stores.reads();
                AppEvent consent = consent(user);
                FactIntake.take(
                        stores, APPLICATION, stores.profiles().get(APPLICATION), consent, new PermissionSets(Map.of()));
                evaluator.after(
                        APPLICATION,
                        Optional.of(Set.of(consent.getOperation())),
                        new Evaluator.Moment(
                                new Interval(consent.getEventTime(), consent.getEventTime()),
                                Instant.MIN,
                                Instant.MIN,
                                user * 1_000L));
                most = Math.max(most, stores.reads() - before);
            }

            // Then
            assertThat(stores.profiles().get(APPLICATION).orElseThrow().getConsentUsers())
                    .isEqualTo(CONSENTS);
            assertThat(most).isLessThanOrEqualTo(MOST_READS);
        }
    }

    /** Six addresses around each of 1,000 consents, all within the hours of a wave: an act reads those of its actor alone. */
    @Test
    void nor_with_the_addresses_resolved_for_them() {
        try (DetectorHarness harness = DetectorHarness.ofFiles()) {
            // Given
            SubjectStores stores = harness.detector().stores();
            Evaluator evaluator = evaluator(harness, stores);
            for (int user = 0; user < RESOLVED; user++) {
                take(stores, consent(user));
            }
            long most = 0;

            // When
            for (int user = 0; user < RESOLVED; user++) {
                for (int minute = -60; minute < 60; minute += 20) {
                    Instant at = START.plus(Duration.ofMinutes(user + minute));
                    AppEvent consent = consent(user);
                    AppEvent address = Sighting.of(
                                    consent.getTenantId(),
                                    user + "@contoso.com",
                                    "198.51.100." + user % 250,
                                    true,
                                    at,
                                    Optional.empty(),
                                    new Sighting.Shown(consent.getEventId(), "m365-audit", "", consent.getActor()))
                            .fact();
                    long before = stores.reads();
                    take(stores, address);
                    if (user % 100 == 0) {
                        evaluator.after(
                                APPLICATION,
                                Optional.empty(),
                                new Evaluator.Moment(new Interval(at, at), Instant.MIN, Instant.MIN, user * 1_000L));
                        most = Math.max(most, stores.reads() - before);
                    }
                }
            }

            // Then
            assertThat(most).isPositive().isLessThanOrEqualTo(MOST_READS);
        }
    }

    @Test
    void a_consent_asks_once_under_each_name_of_the_user_and_that_takes_few_bytes() {
        try (SightingsHarness harness = new SightingsHarness()) {
            // When
            for (int user = 0; user < CONSENTS; user++) {
                harness.record(List.of(consent(user), consent(user)));
            }

            // Then
            assertThat(harness.bytesOfActors() / (2 * CONSENTS)).isBetween(50L, 250L);
        }
    }

    @Test
    void a_consent_to_harmless_scopes_asks_nothing() {
        try (SightingsHarness harness = new SightingsHarness()) {
            // Given
            AppEvent harmless = AppEvent.newBuilder(consent(1))
                    .setDetails(Consent.newBuilder()
                            .setScopes(List.of("openid", "profile", "User.Read", "offline_access"))
                            .build())
                    .build();

            // When
            harness.record(List.of(harmless));

            // Then
            assertThat(harness.requests()).isZero();
        }
    }

    private static void take(SubjectStores stores, AppEvent fact) {
        FactIntake.take(stores, APPLICATION, stores.profiles().get(APPLICATION), fact, new PermissionSets(Map.of()));
    }

    private static Evaluator evaluator(DetectorHarness harness, SubjectStores stores) {
        KeyValueStore<Bytes, byte[]> alerts = harness.detector().driver().getKeyValueStore(Names.ALERTS);
        KeyValueStore<Bytes, byte[]> pending = harness.detector().driver().getKeyValueStore(Names.PENDING);
        Policy policy = DetectorHarness.policy();
        Evaluator.Rules rules = new Evaluator.Rules(
                DetectorConfig.DEFAULT.forFiles(), policy, new NetworkTable(), "scan", Catalogue.shipped());
        return new Evaluator(
                rules,
                stores,
                new AlertBook(alerts, pending, Duration.ofSeconds(30), Duration.ofMinutes(1), Severity.LOW),
                new SubjectWalk(pending, stores.profiles()));
    }
}
