package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.inprocess.Summary;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import io.rolecall.state.Counts;
import io.rolecall.state.Names;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountsAddUpTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String REGISTRATION = RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE);
    private static final String SIGN_IN =
            RawEvents.signIn(RawEvents.ADMIN_ID, RawEvents.ADMIN, "2026-03-01T09:00:00Z", OUTSIDE);
    private static final String IRRELEVANT = REGISTRATION.replace("Add application", "Update device");

    @Test
    void every_element_is_decoded_duplicate_skipped_or_rejected() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            List<String> elements = List.of(REGISTRATION, SIGN_IN, IRRELEVANT, "{\"broken\":", REGISTRATION);

            // When
            detector.feedTogether(elements);

            // Then
            Summary summary = detector.detector().summary();
            assertThat(summary.in()).isEqualTo(5);
            assertThat(summary.decoded()).isEqualTo(2);
            assertThat(summary.duplicate()).isEqualTo(1);
            assertThat(summary.skipped()).isEqualTo(1);
            assertThat(summary.rejectedTotal()).isEqualTo(1);
        }
    }

    @Test
    void a_rejected_element_is_reported_with_its_place_and_its_siblings_live() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            String timeless = REGISTRATION.replaceAll("\"(time|activityDateTime)\":\"[^\"]*\",", "");
            List<String> elements = List.of(REGISTRATION, timeless, SIGN_IN);

            // When
            detector.feedTogether(elements);

            // Then
            assertThat(detector.detector().drainRejected())
                    .extracting(Rejected::position, Rejected::reason)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("test.ndjson:2/0", Reason.MISSING_TIME));
            assertThat(detector.detector().summary().decoded()).isEqualTo(2);
        }
    }

    @Test
    void facts_of_a_history_are_new_duplicate_late_or_moved() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            String secret =
                    RawEvents.addSecret("crm", "59eaeebc-8a6b-44a6-9f24-7d55e64420c9", "2026-03-03T10:00:00Z", OUTSIDE);

            // When
            detector.feed(secret)
                    .passes(java.time.Duration.ofMinutes(3))
                    .feed(REGISTRATION, REGISTRATION)
                    .alerts();

            // Then
            Counts counts = new Counts(detector.detector().driver().getKeyValueStore(Names.HISTORY_COUNTS));
            // The secret as that of an unresolved application and, moved, under the App ID, and of the person who added
            // it;
            // the registration, twice, of the application and of the person who registered it.
            assertThat(counts.get(Counts.NEW)).isEqualTo(5);
            assertThat(counts.get(Counts.DUPLICATE)).isEqualTo(2);
            // The secret, and the person from the principal name to the object id.
            assertThat(counts.get(Counts.MOVED)).isEqualTo(2);
            assertThat(counts.get(Counts.LATE)).isZero();
        }
    }
}
