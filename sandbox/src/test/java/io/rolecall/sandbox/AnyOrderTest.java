package io.rolecall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.event.AvroJson;
import io.rolecall.incident.AlertExtracts;
import io.rolecall.incident.IncidentChanges;
import io.rolecall.incident.Incidents;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryEvent;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import io.rolecall.source.split.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * The final alerts and the incidents that they make are a function of the events: every scene of the story, attack or near miss, with both logs for some acts, in
 * any order, with any duplicates, in any batches, with any waits between. A withdrawn alert equals an absent one. Every try plays
 * its scene in a tenant of its own, so that one running topology serves all and the tries cannot touch each other.
 */
class AnyOrderTest {

    private static final StoryOptions OPTIONS =
            StoryOptions.defaults().withNoisePerDay(0).withAll(true);
    private static final String TENANT = Story.generate(OPTIONS).tenantId();
    private static final int USES_A_KIND = 3;

    /** In one try of so many its scene is also played in order, for the incidents: their texts follow ids that are made of the tenant's. */
    private static final int ONE_IN = 8;

    private static final Map<String, InProcessDetector> RUNNING = new HashMap<>();

    /** A scene: its events, and the final alerts when they come in order. */
    private record Played(List<String> events, List<String> alerts) {}

    private static final Map<String, Played> SCENES = new HashMap<>();

    @BeforeContainer
    static void playEverySceneInOrder() {
        InProcessDetector detector = StoryRun.detector(Story.generate(OPTIONS));
        RUNNING.put("detector", detector);
        RUNNING.put("in order", StoryRun.detector(Story.generate(OPTIONS)));
        for (String name : Story.sceneNames(OPTIONS)) {
            Story scene = Story.generate(OPTIONS, name::equals);
            List<String> events = events(scene);
            String tenant = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                    .toString();
            List<String> alerts = contents(play(detector, List.of(events), tenant, new Random(0)), tenant);
            assertThat(alerts).as(name).hasSize(scene.truth().size());
            SCENES.put(name, new Played(events, alerts));
        }
    }

    @AfterContainer
    static void close() {
        RUNNING.values().forEach(InProcessDetector::close);
        RUNNING.clear();
    }

    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
    void any_order_with_any_duplicates_gives_the_same_final_alerts_and_incidents(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<String> names = Story.sceneNames(OPTIONS);
        Played scene = Objects.requireNonNull(SCENES.get(names.get(random.nextInt(names.size()))));
        List<List<String>> batches = batches(delivered(scene.events(), random), random);
        String tenant = new UUID(random.nextLong(), random.nextLong()).toString();

        // When
        List<Alert> alerts = play(Objects.requireNonNull(RUNNING.get("detector")), batches, tenant, random);

        // Then
        assertThat(contents(alerts, tenant)).containsExactlyElementsOf(scene.alerts());
        if (random.nextInt(ONE_IN) == 0) {
            List<Alert> inOrder = play(
                    Objects.requireNonNull(RUNNING.get("in order")), List.of(scene.events()), tenant, new Random(0));
            assertThat(incidents(alerts))
                    .usingElementComparator((one, other) -> IncidentChanges.sameContent(one, other) ? 0 : 1)
                    .containsExactlyElementsOf(incidents(inOrder));
        }
    }

    /** Withdrawn alerts make none, and leave no trace in others. */
    private static List<Incident> incidents(List<Alert> alerts) {
        return Incidents.of(alerts.stream().map(AlertExtracts::of).toList());
    }

    /** Rolled-up use is plenty; a few of each kind show that its order does not matter either. */
    private static List<String> events(Story scene) {
        Map<String, Integer> kinds = new HashMap<>();
        List<String> events = new ArrayList<>();
        for (StoryEvent event : (Iterable<StoryEvent>) scene.events()::iterator) {
            String json = event.json();
            boolean use = json.contains("MailItemsAccessed") || json.contains("\"Send\"") || json.contains("File");
            String kind = event.envelope().name() + json.length() / 100;
            if (!use || kinds.merge(kind, 1, Integer::sum) <= USES_A_KIND) {
                events.add(json);
            }
        }
        return events;
    }

    private static List<String> delivered(List<String> events, Random random) {
        List<String> delivered = new ArrayList<>(events);
        for (int i = random.nextInt(1 + events.size() / 2); i > 0; i--) {
            delivered.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(delivered, random);
        return delivered;
    }

    private static List<List<String>> batches(List<String> events, Random random) {
        List<List<String>> batches = new ArrayList<>();
        int from = 0;
        while (from < events.size()) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(40));
            batches.add(events.subList(from, to));
            from = to;
        }
        return batches;
    }

    /** The last states of a tenant's alerts, withdrawn ones included. */
    private static List<Alert> play(
            InProcessDetector detector, List<List<String>> batches, String tenant, Random random) {
        for (List<String> batch : batches) {
            String text = String.join("\n", batch).replace(TENANT, tenant);
            detector.feed(new Chunk(
                    text.getBytes(StandardCharsets.UTF_8), "story", new int[batch.size()], new int[batch.size()]));
            if (random.nextInt(3) == 0) {
                detector.finish();
            }
        }
        return detector.finish().stream()
                .filter(alert -> alert.getTenantId().equals(tenant))
                .toList();
    }

    private static List<String> contents(List<Alert> alerts, String tenant) {
        return alerts.stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .map(alert -> content(alert, tenant))
                .sorted()
                .toList();
    }

    private static String content(Alert alert, String tenant) {
        ObjectNode tree = AvroJson.toTree(alert);
        List.of("alertId", "groupKey", "generation", "revision", "changeSummary", "emittedAt", "origin")
                .forEach(tree::remove);
        tree.findParents("position").forEach(parent -> ((ObjectNode) parent).remove("position"));
        return tree.toString().replace(tenant, "tenant");
    }
}
