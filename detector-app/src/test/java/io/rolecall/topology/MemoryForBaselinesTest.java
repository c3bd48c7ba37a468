package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Condition;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Probe;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Chunk;
import io.rolecall.state.Names;
import io.rolecall.state.StoreFormats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** What a detection declares is remembered on the way through the topology, and its findings follow what is remembered. */
class MemoryForBaselinesTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Subject CRM = Subject.application(RawEvents.TENANT, RawEvents.appId("crm"));

    private static final String REGISTERED = RawEvents.addApplication("crm", "2026-03-01T07:00:00Z", "198.51.100.7");

    private static String signIn(double day, String country) {
        return signIn(day, country, "\"appId\":\"" + RawEvents.appId("crm") + "\",");
    }

    private static String unresolved(double day, String country) {
        return signIn(day, country, "");
    }

    private static String signIn(double day, String country, String appId) {
        Instant time = START.plusSeconds((long) (day * 86_400));
        return """
                {"time":"%s","resourceId":"/tenants/%s/providers/Microsoft.aadiam","operationName":"Sign-in activity","category":"ServicePrincipalSignInLogs","tenantId":"%s","resultType":"0","callerIpAddress":"198.51.100.7","properties":{"id":"%s","createdDateTime":"%s",%s"servicePrincipalId":"%s","servicePrincipalName":"crm","ipAddress":"198.51.100.7","location":{"countryOrRegion":"%s"},"status":{"errorCode":0},"resourceDisplayName":"Microsoft Graph","resourceId":"%s","clientCredentialType":"clientSecret"}}""".formatted(
                        time,
                        RawEvents.TENANT,
                        RawEvents.TENANT,
                        RawEvents.id("sp sign-in" + time + country),
                        time,
                        appId,
                        RawEvents.spId("crm"),
                        country,
                        RawEvents.GRAPH);
    }

    /** The registration, and a sign-in from Germany on each of fifteen days. */
    private static List<String> baseline() {
        return Stream.concat(Stream.of(REGISTERED), IntStream.range(0, 15).mapToObj(day -> signIn(day, "DE")))
                .toList();
    }

    private static InProcessDetector detector(Catalogue catalogue) {
        return detector(catalogue, PolicyFile.defaults(catalogue.parameters()));
    }

    private static InProcessDetector detector(Catalogue catalogue, Policy policy) {
        return new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                catalogue,
                policy,
                List.of(DetectorHarness.OFFICE),
                DetectorHarness.CLOCK);
    }

    private static InProcessDetector probe() {
        return detector(Probe.only(NewCountry.probe()));
    }

    private static void feed(InProcessDetector detector, List<String> events) {
        for (int i = 0; i < events.size(); i++) {
            detector.feed(new Chunk(
                    events.get(i).getBytes(StandardCharsets.UTF_8), "test.ndjson", new int[] {i + 1}, new int[] {0}));
        }
    }

    /** What the alerts say, by title: status and first use. */
    private static Map<String, String> said(List<Alert> alerts) {
        Map<String, String> said = new TreeMap<>();
        alerts.forEach(alert -> said.put(
                alert.getTitle(),
                alert.getStatus() + ": "
                        + alert.getExplanation().lines().findFirst().orElse("")));
        return said;
    }

    private static FirstUses countries(InProcessDetector detector) {
        return detector.stores()
                .view(CRM)
                .orElseThrow()
                .memory()
                .firstUses(ActivitySource.SERVICE_PRINCIPAL_SIGN_INS, Dimension.COUNTRY);
    }

    private static long remembered(InProcessDetector detector) {
        long entries = 0;
        for (String name : List.of(Names.BASELINES, Names.USE_COUNTS)) {
            KeyValueStore<Bytes, byte[]> store = detector.driver().getKeyValueStore(name);
            try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
                while (all.hasNext()) {
                    entries += all.next().key.equals(StoreFormats.KEY) ? 0 : 1;
                }
            }
        }
        return entries;
    }

    @Test
    void a_country_that_is_new_to_the_baseline_is_found() {
        try (InProcessDetector detector = probe()) {
            // Given
            feed(detector, baseline());

            // When
            feed(detector, List.of(signIn(13, "FR"), signIn(20, "BR"), signIn(21, "BR")));

            // Then: France came before there was a baseline
            assertThat(said(detector.finish()).keySet()).containsExactly("New country BR: crm");
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void any_order_with_any_duplicates_gives_the_same_alerts(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<String> events = new ArrayList<>(baseline());
        for (int i = 0; i < 30; i++) {
            events.add(signIn(random.nextInt(4_000) / 100.0, "C" + random.nextInt(40)));
        }
        List<String> shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, random.nextInt(events.size())));
        Collections.shuffle(shuffled, random);
        try (InProcessDetector one = probe();
                InProcessDetector other = probe()) {

            // When
            feed(one, events);
            feed(other, shuffled);

            // Then
            assertThat(countries(other)).isEqualTo(countries(one));
            assertThat(said(other.finish())).isEqualTo(said(one.finish()));
        }
    }

    @Test
    void a_country_that_only_a_further_copy_of_a_sign_in_tells_is_found() {
        try (InProcessDetector detector = probe()) {
            // Given
            String signIn = signIn(20, "BR");
            String withoutCountry = signIn.replace("\"location\":{\"countryOrRegion\":\"BR\"},", "");
            feed(detector, baseline());
            feed(detector, List.of(withoutCountry));
            List<Alert> before = detector.finish();

            // When
            feed(detector, List.of(signIn));

            // Then
            assertThat(withoutCountry).isNotEqualTo(signIn);
            assertThat(before).isEmpty();
            assertThat(said(detector.finish()).keySet()).containsExactly("New country BR: crm");
        }
    }

    @Test
    void an_earlier_sign_in_that_comes_late_moves_the_finding() {
        try (InProcessDetector detector = probe()) {
            // Given
            feed(detector, baseline());
            feed(detector, List.of(signIn(20, "BR")));
            Alert before = detector.finish().get(0);

            // When
            feed(detector, List.of(signIn(18, "BR")));

            // Then
            Alert after = detector.finish().get(0);
            assertThat(after.getAlertId()).isEqualTo(before.getAlertId());
            assertThat(List.of(before.getExplanation(), after.getExplanation()))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("2026-03-21T08:00:00Z"),
                            then -> assertThat(then).contains("2026-03-19T08:00:00Z"));
        }
    }

    @Test
    void an_earlier_sign_in_from_before_the_baseline_withdraws_the_finding() {
        try (InProcessDetector detector = probe()) {
            // Given
            feed(detector, baseline());
            feed(detector, List.of(signIn(20, "BR")));
            String before = detector.finish().get(0).getStatus();

            // When
            feed(detector, List.of(signIn(5, "BR")));

            // Then
            assertThat(before).isEqualTo("open");
            assertThat(detector.finish()).extracting(Alert::getStatus).containsExactly("withdrawn");
        }
    }

    @Test
    void a_finding_on_the_sixty_fifth_value_is_withdrawn() {
        try (InProcessDetector detector = probe()) {
            // Given: Germany, and 63 countries new to the baseline
            feed(detector, baseline());
            feed(
                    detector,
                    IntStream.range(0, 63)
                            .mapToObj(i -> signIn(20 + i / 10.0, "C" + i))
                            .toList());
            String before = said(detector.finish()).get("New country C62: crm");

            // When
            feed(detector, List.of(signIn(3, "FR")));

            // Then
            List<Alert> after = detector.finish();
            assertThat(before).startsWith("open");
            assertThat(said(after)).doesNotContainKey("New country C62: crm");
            assertThat(after)
                    .extracting(Alert::getStatus)
                    .filteredOn("withdrawn"::equals)
                    .hasSize(1);
            assertThat(after)
                    .extracting(Alert::getStatus)
                    .filteredOn("open"::equals)
                    .hasSize(62);
        }
    }

    @Test
    void what_an_application_did_before_its_app_id_was_known_is_remembered_with_it() {
        try (InProcessDetector late = probe();
                InProcessDetector early = probe()) {
            // Given: the pair of object id and App ID comes after everything was waited for
            List<String> events =
                    List.of(unresolved(0, "DE"), unresolved(1, "FR"), unresolved(2, "DE"), unresolved(2, "DE"));
            String pair = RawEvents.addServicePrincipal("crm", "2026-04-01T10:00:00Z", "198.51.100.7");
            feed(late, events);
            late.driver().advanceWallClockTime(Duration.ofHours(1));
            long unresolved = remembered(late);

            // When
            feed(late, List.of(pair));
            late.finish();
            feed(early, List.of(pair));
            feed(early, events);
            early.finish();

            // Then
            assertThat(unresolved).isZero();
            assertThat(countries(late)).isEqualTo(countries(early));
            assertThat(countries(late).uses()).hasSize(2);
            assertThat(late.stores()
                            .view(CRM)
                            .map(ApplicationHistory.class::cast)
                            .orElseThrow()
                            .signIns(Instant.EPOCH, Instant.now(DetectorHarness.CLOCK), 10))
                    .isEqualTo(early.stores()
                            .view(CRM)
                            .map(ApplicationHistory.class::cast)
                            .orElseThrow()
                            .signIns(Instant.EPOCH, Instant.now(DetectorHarness.CLOCK), 10));
        }
    }

    @Test
    void nothing_is_remembered_for_a_detection_that_the_policy_turns_off_and_explain_says_so() {
        // Given
        Catalogue catalogue = Probe.only(NewCountry.probe());
        String off = "detections:\n  new-country:\n    enabled: false\n";
        try (InProcessDetector detector = detector(catalogue, PolicyFile.read("test", off, catalogue.parameters()))) {
            // When
            feed(detector, baseline());
            detector.finish();

            // Then
            assertThat(remembered(detector)).isZero();
            assertThat(detector.explained(new Asked(SubjectKind.APPLICATION, CRM.id())))
                    .flatExtracting(application -> application.evaluate().values())
                    .flatExtracting(Evaluation::conditions)
                    .extracting(Condition::because)
                    .containsExactly("Nothing is remembered for a detection that the policy turns off");
        }
    }

    @Test
    void an_application_without_sign_ins_pays_for_no_memory() {
        try (InProcessDetector detector = detector(Catalogue.shipped())) {
            // Given
            List<String> acts = List.of(
                    REGISTERED,
                    RawEvents.addServicePrincipal("crm", "2026-03-01T07:00:01Z", "198.51.100.7"),
                    RawEvents.addAppRole(
                            "crm",
                            "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
                            "Mail.Read",
                            "2026-03-02T07:00:00Z",
                            "198.51.100.7"),
                    RawEvents.addSecret(
                            "crm", "0f6f1b1e-3c55-4f8e-9d1e-000000000001", "2026-03-02T08:00:00Z", "198.51.100.7"));

            // When
            feed(detector, acts);
            detector.finish();

            // Then
            assertThat(remembered(detector)).isZero();
        }
    }
}
