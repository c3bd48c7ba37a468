package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.policy.Resources;
import io.rolecall.schema.Actor;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.Registration;
import io.rolecall.schema.ServicePrincipalState;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import io.rolecall.state.AvroSerde;
import io.rolecall.state.Counts;
import io.rolecall.state.Names;
import io.rolecall.state.StoreFormats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An imported inventory makes older applications known, and is never an alert by itself. */
class ImportedInventoryTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String KEY = "59eaeebc-8a6b-44a6-9f24-7d55e64420c9";
    private static final Instant CREATED = Instant.parse("2021-05-10T08:00:00Z");
    private static final Instant IMPORTED = Instant.parse("2026-01-02T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2025-01-02T00:00:00Z");
    private static final AvroSerde<AppEvent> EVENTS = AvroSerde.of(AppEvent.class);

    private static final AppEvent REGISTRATION = fact(Operations.ADD_APPLICATION, "object")
            .setAppObjectId(RawEvents.objectId("crm"))
            .setAppDisplayName("crm")
            .setDetails(Registration.newBuilder().setTenancy("single").build())
            .build();
    private static final AppEvent PRINCIPAL = fact(Operations.ADD_SERVICE_PRINCIPAL, "principal")
            .setServicePrincipalId(RawEvents.spId("crm"))
            .setAppDisplayName("crm")
            .build();
    private static final AppEvent ROLE = fact(Operations.ADD_APP_ROLE, "role")
            .setServicePrincipalId(RawEvents.spId("crm"))
            .setDetails(AppRole.newBuilder()
                    .setResourceAppId(RawEvents.GRAPH)
                    .setRoleId(RawEvents.MAIL_READ_WRITE)
                    .setRoleValue("Mail.ReadWrite")
                    .build())
            .build();
    private static final AppEvent SCOPES = fact(Operations.ADD_DELEGATED_GRANT, "scopes")
            .setServicePrincipalId(RawEvents.spId("crm"))
            .setDetails(DelegatedGrant.newBuilder()
                    .setResourceName("Microsoft Graph")
                    .setConsentType("all-principals")
                    .setScopes(List.of("Directory.ReadWrite.All"))
                    .setAdded(List.of("Directory.ReadWrite.All"))
                    .build())
            .build();
    private static final List<AppEvent> EXPORT = List.of(REGISTRATION, PRINCIPAL, ROLE, SCOPES);

    private static final String SECRET = RawEvents.addSecret("crm", KEY, "2026-03-03T10:00:00Z", OUTSIDE);
    private static final String GRANT = RawEvents.addAppRole(
            "crm", "19dbc75e-c2e2-444c-a770-ec69d8559fc7", "Directory.ReadWrite.All", "2026-03-05T10:00:00Z", OUTSIDE);

    private static AppEvent.Builder fact(String operation, String objectId) {
        return AppEvent.newBuilder()
                .setEventId("inventory:" + objectId)
                .setSource("inventory")
                .setEnvelope("graph")
                .setOperation(operation)
                .setRawOperation("any")
                .setEventTime(CREATED)
                .setTenantId(RawEvents.TENANT)
                .setOutcome("success")
                .setAppId(RawEvents.appId("crm"))
                .setActor(Actor.newBuilder().setType("unknown").build())
                .setPosition("export.json:1/0");
    }

    private static DetectorHarness live() {
        return new DetectorHarness(DetectorConfig.DEFAULT, List.of(DetectorHarness.OFFICE));
    }

    private static void imports(DetectorHarness detector, List<AppEvent> facts) {
        imports(detector, facts, IMPORTED);
    }

    private static void imports(DetectorHarness detector, List<AppEvent> facts, Instant at) {
        facts.forEach(fact -> record(detector, EVENTS.toBytes(fact), at));
    }

    private static void record(DetectorHarness detector, byte @Nullable [] value, Instant at) {
        TestInputTopic<String, byte[]> topic = detector.detector()
                .driver()
                .createInputTopic(
                        DetectorConfig.DEFAULT.topics().inventory(), new StringSerializer(), new ByteArraySerializer());
        topic.pipeInput(new TestRecord<>("tenant/object", value, at));
    }

    private static Subject crm() {
        return Subject.application(RawEvents.TENANT, RawEvents.appId("crm"));
    }

    private static List<Alert> comparable(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .map(alert -> Alert.newBuilder(alert)
                        .setRevision(1)
                        .setChangeSummary("")
                        .setEmittedAt(Instant.EPOCH)
                        .build())
                .toList();
    }

    private static Counts historyCounts(DetectorHarness detector) {
        return new Counts(detector.detector().driver().getKeyValueStore(Names.HISTORY_COUNTS));
    }

    @Test
    void an_import_alone_is_no_alert() {
        try (DetectorHarness detector = live()) {
            // Given a tenant in which nothing has been logged

            // When
            imports(detector, EXPORT);

            // Then
            assertThat(detector.alerts()).isEmpty();
            assertThat(detector.detector().drainRejected()).isEmpty();
        }
    }

    @Test
    void a_secret_on_an_imported_application_counts_with_the_permissions_it_was_imported_with() {
        try (DetectorHarness detector = live()) {
            // Given
            imports(detector, EXPORT);

            // When
            detector.feed(SECRET);

            // Then
            Alert alert = detector.alert("credential-on-privileged-app").orElseThrow();
            assertThat(alert.getApplication().orElseThrow().getAppId()).hasValue(RawEvents.appId("crm"));
            assertThat(alert.getApplication().orElseThrow().getRegisteredAt()).hasValue(CREATED);
            assertThat(alert.getPermissions())
                    .extracting("value")
                    .containsExactlyInAnyOrder("Mail.ReadWrite", "Directory.ReadWrite.All");
            assertThat(alert.getEvidence()).extracting("source").containsOnly("entra-audit");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "f8cdef31-a31e-4b4a-93e4-5f571e91255a, true, ''",
        "f8cdef31-a31e-4b4a-93e4-5f571e91255a, false, ''",
        "9f4b1e0a-3c2d-4b5a-8e7f-0a1b2c3d4e5f, true, high",
        "9f4b1e0a-3c2d-4b5a-8e7f-0a1b2c3d4e5f, false, high"
    })
    void an_import_tells_whose_the_application_is_that_gives_a_role_whatever_comes_first(
            String owner, boolean importFirst, String severity) {
        // Given
        List<AppEvent> initiator = List.of(AppEvent.newBuilder(PRINCIPAL)
                .setDetails(new ServicePrincipalState(null, owner, null))
                .build());
        String given = RawGrants.by("crm", false, RawGrants.role("payroll", "Mail.Read", "2026-03-10T10:00:00Z"));
        try (DetectorHarness detector = live()) {

            // When
            if (importFirst) {
                imports(detector, initiator);
            }
            detector.feed(given);
            if (!importFirst) {
                imports(detector, initiator);
            }

            // Then
            assertThat(comparable(detector.alerts()).stream()
                            .filter(alert -> alert.getDetection().equals("grant-by-application"))
                            .map(Alert::getSeverity)
                            .collect(Collectors.joining()))
                    .isEqualTo(severity);
        }
    }

    @Test
    void a_role_that_the_import_knows_as_held_is_not_newly_granted_whatever_comes_first() {
        AppEvent held = AppEvent.newBuilder(ROLE)
                .setDetails(AppRole.newBuilder()
                        .setResourceAppId(Resources.MICROSOFT_GRAPH)
                        .setRoleId("19dbc75e-c2e2-444c-a770-ec69d8559fc7")
                        .setRoleValue("Directory.ReadWrite.All")
                        .build())
                .build();
        List<Boolean> raised = new ArrayList<>();
        for (boolean importFirst : List.of(true, false)) {
            try (DetectorHarness detector = live()) {
                // Given

                // When
                if (importFirst) {
                    imports(detector, List.of(held));
                }
                detector.feed(GRANT);
                if (!importFirst) {
                    imports(detector, List.of(held));
                }

                // Then
                raised.add(comparable(detector.alerts()).stream()
                        .anyMatch(alert -> alert.getDetection().equals("privileged-role-granted")));
            }
        }
        assertThat(raised).containsExactly(false, false);
    }

    @Test
    void an_imported_application_that_is_made_multi_tenant_held_the_roles_it_was_imported_with() {
        try (DetectorHarness detector = live()) {
            // Given
            imports(detector, EXPORT);
            String flip = RawEvents.act(
                    "Update application",
                    "2026-03-03T10:00:00Z",
                    OUTSIDE,
                    RawEvents.objectId("crm"),
                    "Application",
                    "{\"displayName\":\"AvailableToOtherTenants\",\"oldValue\":\"[false]\",\"newValue\":\"[true]\"}");

            // When
            detector.feed(flip);

            // Then
            assertThat(detector.alert("tenancy-flip").orElseThrow().getPermissions())
                    .extracting("value")
                    .containsExactly("Mail.ReadWrite");
        }
    }

    @Test
    void without_the_import_the_same_secret_is_on_an_unknown_application() {
        try (DetectorHarness detector = live()) {
            // Given no import

            // When
            detector.feed(SECRET);

            // Then
            assertThat(detector.alert("credential-on-privileged-app")).isEmpty();
        }
    }

    @Test
    void an_import_that_comes_after_the_secret_completes_it() {
        try (DetectorHarness detector = live()) {
            // Given
            detector.feed(SECRET);
            detector.passes(Duration.ofMinutes(5));

            // When
            imports(detector, EXPORT);

            // Then
            assertThat(detector.alert("credential-on-privileged-app")
                            .orElseThrow()
                            .getStatus())
                    .isEqualTo("open");
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void an_import_before_after_twice_or_shuffled_with_the_logs_gives_the_same_alerts(int seed) {
        try (DetectorHarness first = live();
                DetectorHarness other = live()) {
            // Given
            imports(first, EXPORT);
            first.feed(SECRET, GRANT);
            List<Runnable> steps = new ArrayList<>();
            EXPORT.forEach(fact -> steps.add(() -> imports(other, List.of(fact))));
            EXPORT.forEach(fact -> steps.add(() -> imports(other, List.of(fact))));
            steps.add(() -> other.feed(SECRET));
            steps.add(() -> other.feed(GRANT));
            steps.add(() -> other.passes(Duration.ofMinutes(3)));
            Collections.shuffle(steps, new Random(seed));

            // When
            steps.forEach(Runnable::run);

            // Then
            assertThat(comparable(other.alerts()))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("evidence")
                    .isEqualTo(comparable(first.alerts()))
                    .isNotEmpty();
        }
    }

    @Test
    void an_act_that_names_only_an_object_id_is_resolved_by_an_imported_pair() {
        try (DetectorHarness detector = live()) {
            // Given
            imports(detector, EXPORT);
            String grant = RawEvents.addDelegatedGrant("crm", "Mail.ReadWrite", "2026-03-04T10:00:00Z", OUTSIDE);

            // When
            detector.feed(grant);

            // Then
            assertThat(detector.detector().stores().history().acts(crm()).acts())
                    .singleElement()
                    .satisfies(act -> assertThat(act.getAppIdResolved()).isTrue());
        }
    }

    @Test
    void an_imported_registration_is_years_old_and_its_profile_stays_for_400_days_after_the_import() {
        try (DetectorHarness detector = live()) {
            // Given
            imports(detector, EXPORT, LONG_AGO);

            // When
            detector.feed(RawEvents.addApplication("other", LONG_AGO.plus(Duration.ofDays(300)) + "", OUTSIDE));

            // Then
            assertThat(detector.detector().stores().profiles().get(crm()).flatMap(SubjectProfile::getRegistration))
                    .isPresent();
        }
    }

    @Test
    void a_profile_that_only_an_import_of_500_days_ago_knows_expires() {
        try (DetectorHarness detector = live()) {
            // Given
            imports(detector, EXPORT, LONG_AGO);

            // When
            for (int day = 0; day <= 500; day += 100) {
                detector.feed(
                        RawEvents.addApplication("other" + day, LONG_AGO.plus(Duration.ofDays(day)) + "", OUTSIDE));
            }

            // Then
            assertThat(detector.detector().stores().profiles().get(crm())).isEmpty();
        }
    }

    @Test
    void an_import_is_no_observation_so_no_baseline_begins_with_it() {
        try (DetectorHarness detector = live()) {
            // Given
            imports(detector, EXPORT);

            // When
            detector.feed(
                    RawEvents.consent("crm", "eve@contoso.com", "Mail.Read offline_access", "2026-03-03T10:00:00Z"));

            // Then
            assertThat(detector.alert("illicit-consent")).isEmpty();
            assertThat(detector.detector().stores().profiles().get(crm()).map(SubjectProfile::getFirstSeen))
                    .hasValue(Instant.parse("2026-03-03T10:00:00Z"));
        }
    }

    @Test
    void the_tenancy_that_a_log_states_counts_before_the_one_of_an_import() {
        try (DetectorHarness detector = live()) {
            // Given
            AppEvent today = AppEvent.newBuilder(REGISTRATION)
                    .setDetails(Registration.newBuilder().setTenancy("multi").build())
                    .build();
            detector.feed(
                    RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE),
                    RawEvents.addApplication("other", "2026-05-20T10:00:00Z", OUTSIDE));

            // When
            imports(detector, List.of(today));

            // Then
            assertThat(detector.detector()
                            .stores()
                            .profiles()
                            .get(crm())
                            .flatMap(SubjectProfile::getRegistration)
                            .orElseThrow()
                            .getTenancy())
                    .hasValue("single");
        }
    }

    @Test
    void every_imported_fact_is_counted_apart_from_acts() {
        try (DetectorHarness detector = live()) {
            // Given
            detector.feed(SECRET);
            String topic = DetectorConfig.DEFAULT.topics().inventory();

            // When
            imports(detector, EXPORT);
            record(detector, null, IMPORTED);
            imports(
                    detector,
                    List.of(AppEvent.newBuilder(ROLE).setSource("m365-audit").build()));

            // Then
            Counts decode = new Counts(detector.detector().driver().getKeyValueStore(Names.DECODE_COUNTS));
            assertThat(decode.get(Counts.IN + topic)).isEqualTo(6);
            assertThat(decode.get(Counts.FACTS + topic)).isEqualTo(4);
            assertThat(decode.get(Counts.SKIPPED + topic)).isEqualTo(1);
            assertThat(decode.get(Counts.QUARANTINED + "not-an-event " + topic)).isEqualTo(1);
            assertThat(historyCounts(detector).get(Counts.INVENTORY)).isEqualTo(4);
            // The secret, of the application and of the person who added it, each with where they were seen.
            assertThat(historyCounts(detector).get(Counts.NEW)).isEqualTo(4);
            assertThat(historyCounts(detector).get(Counts.LATE)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"another source", "no App ID", "no GUID"})
    void what_is_no_imported_fact_goes_to_the_quarantine(String wrong) {
        try (DetectorHarness detector = live()) {
            // Given
            AppEvent.Builder fact = AppEvent.newBuilder(ROLE);
            switch (wrong) {
                case "another source" -> fact.setSource("entra-audit");
                case "no App ID" -> fact.setAppId(null);
                default -> fact.setAppId("actor:somebody");
            }

            // When
            imports(detector, List.of(fact.build()));

            // Then
            detector.alerts();
            assertThat(detector.detector().drainRejected())
                    .extracting(Rejected::reason)
                    .containsExactly(Reason.NOT_AN_EVENT);
            List<Bytes> profiles = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> all = detector.detector()
                    .driver()
                    .<Bytes, byte[]>getKeyValueStore(Names.PROFILES)
                    .all()) {
                all.forEachRemaining(entry -> profiles.add(entry.key));
            }
            assertThat(profiles).isSubsetOf(StoreFormats.KEY);
        }
    }
}
