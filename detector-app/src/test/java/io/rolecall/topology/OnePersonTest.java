package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Probe;
import io.rolecall.event.Subject;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Chunk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** A person is one actor, whichever of their names an event shows: object id, user principal name, PUID. */
class OnePersonTest {

    private static final Catalogue CATALOGUE = Probe.beside(EveryAct.ofActors());

    private static final String OUTSIDE = "198.51.100.7";
    private static final String ID = RawEvents.ADMIN_ID;
    private static final String NAME = RawEvents.ADMIN;
    private static final String PUID = "10032002643F6746";

    private static String byBoth(String app) {
        return RawEvents.addApplication(app, "2026-03-01T10:00:00Z", OUTSIDE);
    }

    private static String byId(String app) {
        return byBoth(app).replace("\"userPrincipalName\":\"" + NAME + "\"", "\"userPrincipalName\":null");
    }

    private static String byName(String app, String name) {
        return byBoth(app)
                .replace("\"user\":{\"id\":\"" + ID + "\"", "\"user\":{\"id\":null")
                .replace("\"userPrincipalName\":\"" + NAME + "\"", "\"userPrincipalName\":\"" + name + "\"");
    }

    /** As the unified audit log tells it, with these names in its user id, its user key and its list of actors. */
    private static String unified(String app, String userId, String userKey, String actors) {
        return """
                {"CreationTime":"2026-03-01T10:00:00","Id":"%s","Operation":"Add application.","OrganizationId":"%s","RecordType":8,"ResultStatus":"Success","UserKey":"%s","UserType":0,"Version":1,"Workload":"AzureActiveDirectory","UserId":"%s","AzureActiveDirectoryEventType":1,"ExtendedProperties":[],"ModifiedProperties":[{"Name":"AppId","NewValue":"[\\"%s\\"]","OldValue":"[]"}],"Actor":[%s],"InterSystemsId":"%s","Target":[{"ID":"Application_%s","Type":2},{"ID":"%s","Type":2},{"ID":"Application","Type":2},{"ID":"%s","Type":1}]}""".formatted(
                RawEvents.id("unified " + app),
                RawEvents.TENANT,
                userKey,
                userId,
                RawEvents.appId(app),
                actors,
                RawEvents.id("register " + app),
                RawEvents.objectId(app),
                RawEvents.objectId(app),
                app).strip();
    }

    private static String byPuid(String app) {
        return unified(app, "Not Available", PUID + "@contoso.com", "");
    }

    private static String nameWithPuid(String app) {
        return unified(app, NAME, PUID + "@contoso.com", "{\"ID\":\"" + NAME + "\",\"Type\":5}");
    }

    private static String idWithPuid(String app) {
        return unified(
                app,
                "Not Available",
                PUID,
                "{\"ID\":\"" + PUID + "\",\"Type\":3},{\"ID\":\"User_" + ID + "\",\"Type\":2},{\"ID\":\"" + ID
                        + "\",\"Type\":2},{\"ID\":\"User\",\"Type\":2}");
    }

    private static InProcessDetector detector() {
        return new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                CATALOGUE,
                PolicyFile.defaults(CATALOGUE.parameters()),
                List.of(DetectorHarness.OFFICE),
                DetectorHarness.CLOCK);
    }

    private static void feed(InProcessDetector detector, String... events) {
        for (String event : events) {
            detector.feed(
                    new Chunk(event.getBytes(StandardCharsets.UTF_8), "test.ndjson", new int[] {1}, new int[] {0}));
        }
    }

    private static List<Alert> ofTheProbe(InProcessDetector detector) {
        return detector.finish().stream()
                .filter(alert -> alert.getDetection().equals("probe-of-actors"))
                .map(alert -> Alert.newBuilder(alert)
                        .setRevision(1)
                        .setChangeSummary(null)
                        .setEmittedAt(null)
                        .build())
                .toList();
    }

    private static List<Alert> standing(InProcessDetector detector) {
        return ofTheProbe(detector).stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .toList();
    }

    private static List<String> whoStands(String... events) {
        try (InProcessDetector detector = detector()) {
            feed(detector, events);
            return standing(detector).stream()
                    .map(alert -> alert.getSubject().getId())
                    .distinct()
                    .toList();
        }
    }

    @Test
    void until_any_event_shows_the_object_id_a_person_goes_by_their_name() {
        assertThat(whoStands(byName("crm", NAME))).containsExactly("admin@contoso.com");
    }

    @Test
    void who_has_only_a_puid_goes_by_it() {
        assertThat(whoStands(byPuid("crm"))).containsExactly(PUID.toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void a_sign_in_that_shows_both_names_makes_them_one() {
        assertThat(whoStands(byName("crm", NAME), RawEvents.signIn(ID, NAME, "2026-03-20T10:00:00Z", OUTSIDE)))
                .containsExactly(ID);
    }

    @Test
    void the_puid_leads_over_the_name_to_the_object_id() {
        assertThat(whoStands(byPuid("crm"), nameWithPuid("erp"), byBoth("hr"))).containsExactly(ID);
    }

    @Test
    void a_person_who_was_renamed_stays_one_actor() {
        // Given
        String renamed = "new.name@contoso.com";

        // When
        List<String> subjects = whoStands(
                byName("crm", NAME),
                byName("erp", renamed),
                RawEvents.signIn(ID, NAME, "2026-03-01T09:00:00Z", OUTSIDE),
                RawEvents.signIn(ID, renamed, "2026-03-20T10:00:00Z", OUTSIDE));

        // Then
        assertThat(subjects).containsExactly(ID);
    }

    @Test
    void the_alert_under_the_lesser_name_is_withdrawn_as_superseded() {
        try (InProcessDetector detector = detector()) {
            // Given
            feed(detector, byName("crm", NAME));

            // When
            feed(detector, byId("erp"), RawEvents.signIn(ID, NAME, "2026-03-20T10:00:00Z", OUTSIDE));

            // Then
            List<Alert> alerts = ofTheProbe(detector);
            assertThat(alerts)
                    .filteredOn(alert -> alert.getSubject().getId().equals("admin@contoso.com"))
                    .singleElement()
                    .satisfies(alert -> {
                        assertThat(alert.getStatus()).isEqualTo("withdrawn");
                        assertThat(alert.getWithdrawnBecause().orElseThrow()).contains("superseded");
                    });
            assertThat(alerts)
                    .filteredOn(alert -> alert.getSubject().getId().equals(ID))
                    .hasSize(2)
                    .allMatch(alert -> alert.getStatus().equals("open"));
            assertThat(detector.stores()
                            .history()
                            .acts(Subject.actor(RawEvents.TENANT, "admin@contoso.com"))
                            .acts())
                    .isEmpty();
        }
    }

    @Test
    void people_who_share_a_label_are_nobody() {
        assertThat(whoStands(byName("crm", "Certificate"))).isEmpty();
    }

    private static List<String> events() {
        return List.of(
                byName("a", NAME),
                byName("b", "old.name@contoso.com"),
                byId("c"),
                byPuid("d"),
                nameWithPuid("e"),
                idWithPuid("f"),
                byBoth("g"),
                unified("h", "old.name@contoso.com", PUID, ""),
                RawEvents.signIn(ID, NAME, "2026-03-20T10:00:00Z", OUTSIDE));
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void the_names_come_together_in_any_order(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<String> delivered = new ArrayList<>(events());
        // Which events connect the names does not matter either, as long as some do.
        delivered.remove(random.nextBoolean() ? idWithPuid("f") : nameWithPuid("e"));
        List<String> inOrder = List.copyOf(delivered);
        delivered.add(delivered.get(random.nextInt(delivered.size())));
        Collections.shuffle(delivered, random);

        // When
        List<Alert> expected;
        List<Alert> inAnyOrder;
        try (InProcessDetector detector = detector()) {
            feed(detector, inOrder.toArray(String[]::new));
            expected = standing(detector);
        }
        try (InProcessDetector detector = detector()) {
            for (String event : delivered) {
                feed(detector, event);
                if (random.nextInt(3) == 0) {
                    detector.driver().advanceWallClockTime(Duration.ofSeconds(40));
                }
            }
            inAnyOrder = standing(detector);
        }

        // Then
        assertThat(expected)
                .hasSize(7)
                .allMatch(alert -> alert.getSubject().getId().equals(ID));
        assertThat(inAnyOrder).isEqualTo(expected);
    }
}
