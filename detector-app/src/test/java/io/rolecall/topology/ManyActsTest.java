package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.event.AvroJson;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.scenario.CaseEvent;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Chunk;
import io.rolecall.topology.ManyActs.Family;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * Very many acts on one application hide nothing: the final alerts do not depend on the order in which the acts come, however many
 * there are, of one family or of all, with copies in the other log or without.
 */
class ManyActsTest {

    private static final int FEWEST = 600;
    private static final int MOST = 3_000;
    private static final int TRIES_A_HARNESS = 16;

    private static @Nullable DetectorHarness running;
    private static int tries;

    @AfterContainer
    static void close() {
        Optional.ofNullable(running).ifPresent(DetectorHarness::close);
        running = null;
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void any_order_of_very_many_acts_gives_the_same_alerts(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        // Most tries near the fewest: what decides is whether a family has more acts than are shown.
        int number = FEWEST + (int) ((MOST - FEWEST) * Math.pow(random.nextDouble(), 6));
        List<String> told = told(ManyActs.of(families(random), number, random), random);
        List<String> shuffled = new ArrayList<>(told);
        Collections.shuffle(shuffled, random);

        // When
        List<String> inOrder = play(told, told.size(), random);
        List<String> inAnyOrder = play(shuffled, 1 + random.nextInt(200), random);

        // Then
        assertThat(inOrder).anyMatch(alert -> alert.contains("\"single-tenant-app-abuse\""));
        assertThat(inAnyOrder)
                .as(() -> "seed %d, %d events: %s".formatted(seed, told.size(), firstDifference(inOrder, inAnyOrder)))
                .isEqualTo(inOrder);
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void the_one_grant_from_outside_is_critical_wherever_it_lies_among_acts_of_a_family(@ForAll Family family) {
        // Given: the grant lies at another place in each
        Random random = new Random(family.name().hashCode());
        List<String> events = ManyActs.of(List.of(family), FEWEST, random).stream()
                .map(event -> text(event.event()))
                .toList();

        // When
        List<String> alerts = play(events, events.size(), random);

        // Then
        assertThat(alerts)
                .filteredOn(alert -> alert.contains("\"single-tenant-app-abuse\""))
                .singleElement()
                .satisfies(alert -> assertThat(alert).contains("\"severity\":\"critical\""));
    }

    /** Whole alerts of thousands of acts are too long to be compared by eye. */
    private static String firstDifference(List<String> expected, List<String> actual) {
        int same = 0;
        while (same < Math.min(expected.size(), actual.size())
                && expected.get(same).equals(actual.get(same))) {
            same++;
        }
        if (same == Math.min(expected.size(), actual.size())) {
            return "%d alerts instead of %d".formatted(actual.size(), expected.size());
        }
        String one = expected.get(same);
        String other = actual.get(same);
        int at = 0;
        while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return "alert %d, character %d: %s / %s".formatted(same, at, around(one, at), around(other, at));
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200));
    }

    private static List<Family> families(Random random) {
        List<Family> all = Arrays.asList(Family.values());
        return random.nextInt(3) == 0 ? all : List.of(all.get(random.nextInt(all.size())));
    }

    /** Some acts in both logs. */
    private static List<String> told(List<CaseEvent> events, Random random) {
        int share = random.nextInt(3);
        List<String> told = new ArrayList<>();
        for (CaseEvent event : events) {
            told.add(text(event.event()));
            if (random.nextInt(4) < share) {
                event.inOtherLog().map(ManyActsTest::text).ifPresent(told::add);
            }
        }
        return told;
    }

    private static String text(byte[] event) {
        return new String(event, StandardCharsets.UTF_8);
    }

    private static List<String> play(List<String> events, int batch, Random random) {
        String tenant = new UUID(random.nextLong(), random.nextLong()).toString();
        InProcessDetector detector = harness().detector();
        for (int from = 0; from < events.size(); from += batch) {
            List<String> part = events.subList(from, Math.min(events.size(), from + batch));
            String text = String.join("\n", part).replace(RawEvents.TENANT, tenant);
            detector.feed(new Chunk(
                    text.getBytes(StandardCharsets.UTF_8), "many", new int[part.size()], new int[part.size()]));
            if (random.nextInt(20) == 0) {
                detector.finish();
            }
        }
        return detector.finish().stream()
                .filter(alert -> alert.getTenantId().equals(tenant))
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .map(alert -> content(alert, tenant))
                .sorted()
                .toList();
    }

    private static String content(Alert alert, String tenant) {
        ObjectNode tree = AvroJson.toTree(alert);
        List.of("alertId", "generation", "revision", "changeSummary", "emittedAt", "origin")
                .forEach(tree::remove);
        tree.findParents("position").forEach(parent -> ((ObjectNode) parent).remove("position"));
        return tree.toString().replace(tenant, "tenant");
    }

    /** A new one for every few tries, while its state is small and in memory. */
    private static DetectorHarness harness() {
        DetectorHarness known = running;
        if (known == null || ++tries % TRIES_A_HARNESS == 0) {
            close();
            known = DetectorHarness.ofFiles();
            running = known;
        }
        return known;
    }
}
