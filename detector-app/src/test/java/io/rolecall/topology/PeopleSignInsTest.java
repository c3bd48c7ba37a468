package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Alert;
import io.rolecall.schema.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Sign-ins of people reach their own histories, and what applications tell of other users reaches them, in any order. */
class PeopleSignInsTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00.1234567Z");
    private static final String DANA = "dana@contoso.com";
    private static final String DANA_ID = "3f0f7b52-6f0c-4a0e-9d68-5a6a0f6b1d01";
    private static final String OFFICE = "203.0.113.7";
    private static final String ELSEWHERE = "198.51.100.";
    private static final Set<String> OF_PEOPLE =
            Set.of("delegated-token-used-elsewhere", "new-network-then-app-change");

    private static String at(double day) {
        return START.plusSeconds((long) (day * 86_400)).toString();
    }

    private static String signIn(double day, String ip) {
        return RawEvents.signIn(DANA_ID, DANA, at(day), ip);
    }

    private static String refresh(double day, String ip) {
        return RawEvents.signIn(DANA_ID, DANA, at(day), ip, "NonInteractiveUserSignInLogs", 0);
    }

    private static String other(String name, double day) {
        return RawEvents.signIn(RawEvents.id(name), name + "@contoso.com", at(day), ELSEWHERE + 9);
    }

    /** As a pipeline tells it that drops object ids. */
    private static String byName(String signIn) {
        assertThat(signIn).contains("\"userId\":\"" + DANA_ID + "\",");
        return signIn.replace("\"userId\":\"" + DANA_ID + "\",", "");
    }

    private static List<String> baseline() {
        return IntStream.range(0, 20).mapToObj(day -> signIn(day, OFFICE)).toList();
    }

    /** The five sign-ins that a baseline takes, of one day three, by name alone; whose name it is, only a later one tells. */
    private static List<String> byTwoNames() {
        List<String> events = new ArrayList<>();
        for (double day : new double[] {0, 0.01, 0.02, 3, 4}) {
            events.add(byName(signIn(day, OFFICE)));
        }
        events.add(byName(signIn(19, OFFICE)));
        events.add(refresh(19.1, ELSEWHERE + 7));
        return events;
    }

    /** A baseline, a refresh from elsewhere, which one other knows, and mail under the person's name alone. */
    private static List<String> stolen() {
        List<String> events = new ArrayList<>(baseline());
        events.add(refresh(19.1, ELSEWHERE + 7));
        events.add(refresh(19.2, ELSEWHERE + 8));
        events.add(other("erik", 3));
        events.add(other("erik", 5));
        for (int day = 10; day < 19; day++) {
            events.add(RawEvents.mailRead(DANA_ID, DANA, "crm", at(day + 0.4), "192.0.2.7"));
        }
        return events;
    }

    /** What stands of these detections, without what tells the journey. */
    private static Set<String> standing(DetectorHarness detector) {
        Set<String> standing = new TreeSet<>();
        for (Alert alert : detector.detector().finish()) {
            if (OF_PEOPLE.contains(alert.getDetection()) && !alert.getStatus().equals("withdrawn")) {
                standing.add(alert.getAlertId() + " " + alert.getSubject().getId() + " " + alert.getSeverity() + " "
                        + alert.getFirstEventTime() + " "
                        + alert.getEvidence().stream().map(Evidence::getEventId).toList());
            }
        }
        return standing;
    }

    private static Set<String> of(List<String> events) {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            detector.feed(events.toArray(String[]::new));
            return standing(detector);
        }
    }

    @Test
    void a_refresh_elsewhere_is_an_alert_about_the_person() {
        // Given
        List<String> events = stolen();

        // When
        Set<String> standing = of(events);

        // Then
        assertThat(standing).singleElement().asString().contains(DANA_ID + " medium");
    }

    @Test
    void another_user_who_was_there_before_and_comes_late_takes_it_back() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(stolen().toArray(String[]::new)).passes(Duration.ofSeconds(5));

            // When
            detector.feed(other("frida", 4));

            // Then
            assertThat(detector.detector().finish())
                    .filteredOn(alert -> OF_PEOPLE.contains(alert.getDetection()))
                    .extracting(Alert::getStatus)
                    .containsExactly("withdrawn");
        }
    }

    @Test
    void another_user_who_comes_there_later_changes_nothing() {
        // Given
        List<String> events = stolen();
        events.add(other("frida", 19.5));

        // When
        Set<String> standing = of(events);

        // Then
        assertThat(standing).isEqualTo(of(stolen()));
    }

    @Test
    void an_earlier_sign_in_from_there_that_comes_late_takes_it_back() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(stolen().toArray(String[]::new)).passes(Duration.ofSeconds(5));

            // When
            detector.feed(signIn(12.3, ELSEWHERE + 20));

            // Then
            assertThat(standing(detector)).isEmpty();
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void sign_ins_under_two_names_are_one_persons_in_any_order(@ForAll long seed) {
        // Given
        List<String> events = byTwoNames();
        Collections.shuffle(events, new Random(seed));

        // When
        Set<String> standing;
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            for (String event : events) {
                detector.feed(event).passes(Duration.ofSeconds(2));
            }
            standing = standing(detector);
        }

        // Then
        assertThat(standing).singleElement().asString().contains(DANA_ID + " medium");
        assertThat(standing).isEqualTo(of(byTwoNames()));
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void any_order_with_any_duplicates_and_waits_gives_the_same_alerts(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<String> events = stolen();
        if (random.nextBoolean()) {
            events.add(other("frida", random.nextInt(19)));
        }
        events.add(RawEvents.addApplication("crm", at(19.11), ELSEWHERE + 7));
        List<String> shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, random.nextInt(events.size())));
        Collections.shuffle(shuffled, random);

        // When
        Set<String> standing;
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            for (String event : shuffled) {
                detector.feed(event);
                if (random.nextInt(8) == 0) {
                    detector.passes(Duration.ofSeconds(2));
                }
            }
            standing = standing(detector);
        }

        // Then
        assertThat(standing).isEqualTo(of(events));
    }
}
