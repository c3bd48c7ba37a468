package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Probe;
import io.rolecall.detection.Reads;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A fact is written once for each subject that some detection evaluates. */
class SubjectKindsTest {

    private static final Subject ACTOR = Subject.actor(RawEvents.TENANT, RawEvents.ADMIN.toLowerCase(Locale.ROOT));
    private static final Subject APPLICATION = Subject.application(RawEvents.TENANT, RawEvents.appId("crm"));

    /** Evaluates actors, and finds nothing. */
    private static Probe ofActors() {
        Reads reads = Reads.of(List.of(Operations.ADD_APPLICATION));
        return new Probe("of-actors", Set.of(SubjectKind.ACTOR), reads, in -> Evaluation.of(List.of(), List.of()));
    }

    private static List<List<AppEvent>> acts(Catalogue catalogue) {
        try (InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                catalogue,
                PolicyFile.defaults(catalogue.parameters()),
                List.of(),
                DetectorHarness.CLOCK)) {
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
        List<List<AppEvent>> acts = acts(Catalogue.shipped());

        // Then
        assertThat(acts.get(0)).hasSize(1);
        assertThat(acts.get(1)).isEmpty();
    }

    @Test
    void with_a_detection_of_actors_the_actor_gets_it_too() {
        // When
        List<List<AppEvent>> acts = acts(Probe.beside(ofActors()));

        // Then
        assertThat(acts.get(0)).hasSize(1);
        assertThat(acts.get(1)).hasSize(1);
    }
}
