package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.topology.Asked;
import io.rolecall.topology.DetectorHarness;
import io.rolecall.topology.RawEvents;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationLookupTest {

    private static final String OUTSIDE = "198.51.100.7";
    private static final String KEY = "59aeaebc-8a6b-44a6-9f24-7d55e64420c9";

    private static List<String> found(DetectorHarness detector, String asked) {
        return detector.detector().explained(new Asked(SubjectKind.APPLICATION, asked)).stream()
                .map(application -> application.subject().id())
                .toList();
    }

    @Test
    void an_application_is_found_by_each_of_its_ids_and_by_its_name() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(
                    RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE),
                    RawEvents.addServicePrincipal("crm", "2026-03-01T10:00:05Z", OUTSIDE),
                    RawEvents.addApplication("shop", "2026-03-01T11:00:00Z", OUTSIDE));

            for (String asked :
                    List.of(RawEvents.appId("crm"), RawEvents.objectId("crm"), RawEvents.spId("crm"), "crm", "CRM")) {
                // When
                List<String> found = found(detector, asked);

                // Then
                assertThat(found).as(asked).containsExactly(RawEvents.appId("crm"));
            }
            assertThat(found(detector, "cr")).isEmpty();
        }
    }

    @Test
    void an_application_without_an_app_id_is_found_by_its_object_id_until_it_has_one() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(RawEvents.addSecret("crm", KEY, "2026-03-03T10:00:00Z", OUTSIDE))
                    .passes(Duration.ofMinutes(3));
            List<String> before = found(detector, RawEvents.objectId("crm"));

            // When
            detector.feed(RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE));

            // Then
            assertThat(before)
                    .containsExactly(Subject.unresolved(RawEvents.TENANT, RawEvents.objectId("crm"))
                            .id());
            assertThat(found(detector, RawEvents.objectId("crm"))).containsExactly(RawEvents.appId("crm"));
        }
    }

    @Test
    void a_question_costs_nothing_that_is_not_found_however_many_users_there_are() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE));
            for (int user = 0; user < 40; user++) {
                detector.feed(
                        RawEvents.consent("crm", "user" + user + "@contoso.com", "User.Read", "2026-03-02T10:00:00Z"));
            }
            SubjectStores stores = detector.detector().stores();

            // When
            List<Subject> byNothing = stores.lookup().byIdOrName("no such name");
            long readByNothing = stores.reads();
            List<Subject> byName = stores.lookup().byIdOrName("crm");
            long readByName = stores.reads();
            List<Subject> byId = stores.lookup().byAppId(RawEvents.appId("crm"));

            // Then
            assertThat(byNothing).isEmpty();
            assertThat(readByNothing).isZero();
            assertThat(byName).hasSize(1).isEqualTo(byId);
            assertThat(readByName - readByNothing).isEqualTo(2);
            assertThat(stores.reads() - readByName).isEqualTo(1);
        }
    }
}
