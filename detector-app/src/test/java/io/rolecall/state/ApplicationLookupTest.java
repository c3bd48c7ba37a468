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
    void anApplicationIsFoundByEachOfItsIdsAndByItsName() {
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
    void anApplicationWithoutAnAppIdIsFoundByItsObjectIdUntilItHasOne() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(RawEvents.addSecret("crm", KEY, "2026-03-03T10:00:00Z", OUTSIDE))
                    .passes(Duration.ofMinutes(3));
            List<String> before = found(detector, RawEvents.objectId("crm"));

            // When
            detector.feed(RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE));

            // Then
            assertThat(before)
                    .containsExactly(Subject.standIn(RawEvents.TENANT, RawEvents.objectId("crm"))
                            .id());
            assertThat(found(detector, RawEvents.objectId("crm"))).containsExactly(RawEvents.appId("crm"));
        }
    }

    @Test
    void aQuestionCostsTwoReadsAProfileHoweverManyUsersThereAre() {
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            // Given
            detector.feed(RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", OUTSIDE));
            for (int user = 0; user < 40; user++) {
                detector.feed(
                        RawEvents.consent("crm", "user" + user + "@contoso.com", "User.Read", "2026-03-02T10:00:00Z"));
            }
            SubjectStores stores = detector.detector().stores();

            // When
            List<Subject> byName = stores.lookup().byIdOrName("no such name");
            long readByName = stores.reads();
            List<Subject> byId = stores.lookup().byAppId(RawEvents.appId("crm"));

            // Then
            assertThat(byName).isEmpty();
            assertThat(readByName).isEqualTo(2);
            assertThat(byId).hasSize(1);
            assertThat(stores.reads() - readByName).isEqualTo(2);
        }
    }
}
