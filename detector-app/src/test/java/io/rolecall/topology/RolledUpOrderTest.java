package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.event.AvroJson;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Chunk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Final alerts on what is rolled up do not depend on what was evaluated together: any order of sign-ins and use, any duplicates and
 * any passing of wall clock between them. Every try plays in two tenants of its own, so that one running topology serves all.
 */
class RolledUpOrderTest {

    private static @Nullable InProcessDetector running;
    private static int raised;

    @BeforeContainer
    static void start() {
        running = RolledUpDetectionTest.detector(
                List.of(new RolledUpProbes.FailedSignIns(), new RolledUpProbes.MailboxesRead()));
    }

    @AfterContainer
    static void close() {
        Objects.requireNonNull(running).close();
        assertThat(raised).as("alerts of all tries").isGreaterThan(100);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void any_order_duplicates_and_passing_of_time_give_the_same_final_alerts(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<String> events = UseRecords.random(random);
        List<String> delivered = new ArrayList<>(events);
        for (int i = random.nextInt(1 + events.size() / 2); i > 0; i--) {
            delivered.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(delivered, random);
        List<String> alerts = play(List.of(events), new UUID(random.nextLong(), random.nextLong()), new Random(0));
        raised += alerts.size();

        // When
        List<String> others = play(batches(delivered, random), new UUID(random.nextLong(), random.nextLong()), random);

        // Then
        assertThat(others).containsExactlyElementsOf(alerts);
    }

    private static List<List<String>> batches(List<String> events, Random random) {
        List<List<String>> batches = new ArrayList<>();
        int from = 0;
        while (from < events.size()) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(15));
            batches.add(events.subList(from, to));
            from = to;
        }
        return batches;
    }

    private static List<String> play(List<List<String>> batches, UUID tenant, Random random) {
        InProcessDetector detector = Objects.requireNonNull(running);
        for (List<String> batch : batches) {
            String text = String.join("\n", batch).replace(RawEvents.TENANT, tenant.toString());
            detector.feed(new Chunk(
                    text.getBytes(StandardCharsets.UTF_8), "use", new int[batch.size()], new int[batch.size()]));
            detector.driver().advanceWallClockTime(Duration.ofMillis(random.nextInt(2_500)));
        }
        return detector.finish().stream()
                .filter(alert -> alert.getTenantId().equals(tenant.toString()))
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .map(alert -> content(alert, tenant.toString()))
                .sorted()
                .toList();
    }

    /** Everything but what tells the journey. */
    private static String content(Alert alert, String tenant) {
        ObjectNode tree = AvroJson.toTree(alert);
        List.of("alertId", "generation", "revision", "changeSummary", "emittedAt", "origin")
                .forEach(tree::remove);
        tree.findParents("position").forEach(parent -> ((ObjectNode) parent).remove("position"));
        return tree.toString().replace(tenant, "tenant");
    }
}
