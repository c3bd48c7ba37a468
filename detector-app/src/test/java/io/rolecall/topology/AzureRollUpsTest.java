package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Subject;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.Activity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.state.SubjectStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** What an application does in Azure is rolled up in a way that neither order nor duplicates change. */
class AzureRollUpsTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static AppEvent deletion(int number, String operation, String object) {
        return AppEvent.newBuilder()
                .setEventId("event-" + number)
                .setSource("azure-activity")
                .setEnvelope("diagnostic")
                .setOperation(operation)
                .setRawOperation(operation)
                .setEventTime(START.plusSeconds(number))
                .setTenantId(RawEvents.TENANT)
                .setOutcome("success")
                .setActor(Actor.newBuilder()
                        .setType("application")
                        .setServicePrincipalId(RawEvents.spId("copier"))
                        .setIp("198.51.100.7")
                        .build())
                .setDetails(Activity.newBuilder()
                        .setAction("microsoft.compute/disks/delete")
                        .setResource(object)
                        .build())
                .setPosition("test/0/" + number + "/0")
                .build();
    }

    private static void take(SubjectStores stores, Subject subject, AppEvent fact) {
        FactIntake.take(stores, subject, stores.profiles().get(subject), fact, new PermissionSets(Map.of()));
    }

    private static List<AzureSlot> slots(SubjectStores stores, Subject subject) {
        return stores.rollUps().azureActivity(subject, START, START.plusSeconds(86_400), 1_000);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void any_order_with_any_duplicates_gives_the_same_slots(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        int objects = 1 + random.nextInt(150);
        List<AppEvent> events = IntStream.range(0, 400)
                .mapToObj(i -> deletion(i * 7, "microsoft-compute-disks-delete", "disk" + random.nextInt(objects)))
                .toList();
        List<AppEvent> shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, random.nextInt(events.size())));
        Collections.shuffle(shuffled, random);
        Subject one = Subject.application(RawEvents.TENANT, RawEvents.appId("one"));
        Subject other = Subject.application(RawEvents.TENANT, RawEvents.appId("other"));
        try (DetectorHarness harness = DetectorHarness.ofFiles()) {
            SubjectStores stores = harness.detector().stores();

            // When
            events.forEach(event -> take(stores, one, event));
            shuffled.forEach(event -> take(stores, other, event));

            // Then
            List<AzureSlot> slots = slots(stores, one);
            assertThat(slots(stores, other)).containsExactlyElementsOf(slots);
            assertThat(slots.stream().mapToLong(AzureSlot::getEvents).sum()).isEqualTo(events.size());
            assertThat(slots.get(0).getFirst()).isEqualTo(events.get(0));
            assertThat(slots).allSatisfy(slot -> assertThat(slot.getObjects()).hasSizeLessThanOrEqualTo(64));
        }
    }

    @Test
    void a_role_assignment_stays_an_act() {
        // Given
        AppEvent assignment = deletion(1, "microsoft-authorization-roleassignments-write", "assignment");
        Subject subject = Subject.application(RawEvents.TENANT, RawEvents.appId("one"));
        try (DetectorHarness harness = DetectorHarness.ofFiles()) {
            SubjectStores stores = harness.detector().stores();

            // When
            take(stores, subject, assignment);

            // Then
            assertThat(stores.history().acts(subject).acts()).containsExactly(assignment);
            assertThat(slots(stores, subject)).isEmpty();
        }
    }

    @Test
    void activity_of_an_unresolved_application_is_kept_whole_so_that_it_can_move() {
        // Given
        AppEvent deletion = deletion(1, "microsoft-compute-disks-delete", "disk");
        Subject unresolved = Subject.unresolved(RawEvents.TENANT, RawEvents.spId("copier"));
        try (DetectorHarness harness = DetectorHarness.ofFiles()) {
            SubjectStores stores = harness.detector().stores();

            // When
            take(stores, unresolved, deletion);

            // Then
            assertThat(stores.history().removeAll(unresolved)).containsExactly(deletion);
        }
    }
}
