package io.rolecall.sandbox;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.inprocess.Summary;
import io.rolecall.policy.Param;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryEvent;
import io.rolecall.sandbox.story.StoryNetwork;
import io.rolecall.schema.Alert;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.Chunk;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One run of the very topology over a story, without files.
 *
 * @param alerts final alerts, without withdrawn ones
 * @param summary what became of the elements
 */
public record StoryRun(List<Alert> alerts, Summary summary) {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final int A_CHUNK = 200;

    public static StoryRun of(Story story) {
        try (InProcessDetector detector = detector(story)) {
            Iterator<StoryEvent> events = story.events().iterator();
            while (events.hasNext()) {
                detector.feed(chunk(events));
            }
            List<Alert> alerts = detector.finish().stream()
                    .filter(alert -> !alert.getStatus().equals("withdrawn"))
                    .toList();
            return new StoryRun(alerts, detector.summary());
        }
    }

    public static InProcessDetector detector(Story story) {
        return new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(), Catalogue.shipped(), policy(story), networks(story), CLOCK);
    }

    /** The policy under which a story is played. */
    public static Policy policy(Story story) {
        Map<String, List<Param<?>>> parameters = Catalogue.shipped().parameters();
        return story.policy()
                .map(text -> PolicyFile.read("policy.yaml", text, parameters))
                .orElseGet(() -> PolicyFile.defaults(parameters));
    }

    private static List<OrgNetwork> networks(Story story) {
        return story.networks().stream().map(StoryNetwork::toRecord).toList();
    }

    private static Chunk chunk(Iterator<StoryEvent> events) {
        StringBuilder text = new StringBuilder();
        int size = 0;
        while (events.hasNext() && size < A_CHUNK) {
            text.append(events.next().json()).append('\n');
            size++;
        }
        return new Chunk(
                text.toString().getBytes(StandardCharsets.UTF_8),
                "story",
                IntStream.rangeClosed(1, size).toArray(),
                new int[size]);
    }
}
