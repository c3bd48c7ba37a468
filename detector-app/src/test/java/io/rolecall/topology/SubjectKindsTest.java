package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionCard;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A fact is written once for each subject that some detection evaluates. */
class SubjectKindsTest {

    private static final Subject ACTOR = Subject.actor(RawEvents.TENANT, RawEvents.ADMIN.toLowerCase(Locale.ROOT));
    private static final Subject APPLICATION = Subject.application(RawEvents.TENANT, RawEvents.appId("crm"));

    /** Evaluates actors, and finds nothing. */
    private record OfActors(DetectionCard card) implements Detection {

        @Override
        public Evaluation evaluate(DetectionInput input) {
            return Evaluation.of(List.of(), List.of());
        }
    }

    private static OfActors ofActors() {
        DetectionCard card = Catalogue.all().get(0).card();
        return new OfActors(new DetectionCard(
                card.id(),
                card.version(),
                SubjectKind.ACTOR,
                card.title(),
                card.description(),
                card.severity(),
                card.attack(),
                card.falsePositiveHints(),
                card.blindSpots(),
                card.references(),
                card.parameters(),
                card.operations(),
                card.needs(),
                card.window()));
    }

    private static List<List<AppEvent>> acts(List<Detection> detections) {
        try (InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                DetectorHarness.policy(),
                List.of(),
                DetectorHarness.CLOCK,
                detections)) {
            detector.feed(new Chunk(
                    RawEvents.addApplication("crm", "2026-03-01T10:00:00Z", "198.51.100.7")
                            .getBytes(StandardCharsets.UTF_8),
                    "test.ndjson",
                    new int[] {1},
                    new int[] {0}));
            return Stream.of(APPLICATION, ACTOR)
                    .map(subject -> detector.stores().history().acts(subject).acts())
                    .toList();
        }
    }

    @Test
    void with_detections_of_applications_alone_the_application_gets_the_fact() {
        // When
        List<List<AppEvent>> acts = acts(Catalogue.all());

        // Then
        assertThat(acts.get(0)).hasSize(1);
        assertThat(acts.get(1)).isEmpty();
    }

    @Test
    void with_a_detection_of_actors_the_actor_gets_it_too() {
        // When
        List<List<AppEvent>> acts = acts(
                Stream.concat(Catalogue.all().stream(), Stream.of(ofActors())).toList());

        // Then
        assertThat(acts.get(0)).hasSize(1);
        assertThat(acts.get(1)).hasSize(1);
    }
}
